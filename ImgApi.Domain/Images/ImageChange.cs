namespace ImgApi.Domain.Images;

/// <summary>Everything that an update can change, as it shall be afterwards (contract 5.15).</summary>
/// <param name="Uuid">The identity; other than before only for images that are not activated.</param>
/// <param name="Details">The details after the update.</param>
/// <param name="Label">The operator's label, or null for the computed state.</param>
/// <param name="File">The file, with its digests as they shall be.</param>
public sealed record ImageChange(Uuid Uuid, ImageDetails Details, string? Label, ImageFile? File);
