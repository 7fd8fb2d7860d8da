namespace ImgApi.Domain.Storage;

/// <summary>
/// Which image is based on which, as <see cref="OriginRules"/> see it at the moment of a write. While other writes are in flight the
/// graph is pessimistic: images being added or removed are invisible to <see cref="Find"/> but still counted by
/// <see cref="DependentsOf"/>.
/// </summary>
public interface IOriginGraph
{
    /// <summary>The image, or null if there is none that will stay.</summary>
    Image? Find(Uuid uuid);

    /// <summary>The images whose origin is <paramref name="origin"/>, in the order of their uuids.</summary>
    IReadOnlyList<Image> DependentsOf(Uuid origin);
}
