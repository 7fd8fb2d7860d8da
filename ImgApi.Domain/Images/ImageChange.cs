namespace ImgApi.Domain.Images;

/// <summary>The result of an update (contract 5.15).</summary>
/// <param name="Uuid">The UUID; only unactivated images can get another one.</param>
/// <param name="File">The file with its updated digests.</param>
public sealed record ImageChange(Uuid Uuid, ImageDetails Details, string? Label, ImageFile? File);
