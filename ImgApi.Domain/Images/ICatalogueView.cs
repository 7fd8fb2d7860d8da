namespace ImgApi.Domain.Images;

/// <summary>
/// What a guard or change may look at beside its own image. Conservative on both sides while other writes are under
/// way: an image that is being added or removed does not exist yet, or any more, and already, or still, depends.
/// </summary>
public interface ICatalogueView
{
    /// <summary>The image, or null if there is none that will stay.</summary>
    Image? Find(Uuid uuid);

    /// <summary>The images whose origin is <paramref name="origin"/>, in the order of their uuids.</summary>
    IReadOnlyList<Image> DependentsOf(Uuid origin);
}
