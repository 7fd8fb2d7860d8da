namespace ImgApi.Domain.Storage;

/// <summary>
/// The origins of all images at the moment of a write. While other writes are in flight the graph is pessimistic: images being added or
/// removed are invisible to <see cref="Find"/> but still counted by <see cref="DependentsOf"/>.
/// </summary>
public interface IOriginGraph
{
    Image? Find(Uuid uuid);

    /// <summary>In the order of their UUIDs.</summary>
    IReadOnlyList<Image> DependentsOf(Uuid origin);
}
