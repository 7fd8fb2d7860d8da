using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>
/// A write whose guard has passed and whose flush is under way. A class, not a record: two writes of equal images are two.
/// </summary>
/// <param name="before">The image as it is; null for an addition.</param>
/// <param name="after">The image as it will be; null for a removal.</param>
internal sealed class PendingWrite(Image? before, Image? after)
{
    public Image? Before { get; } = before;

    public Image? After { get; } = after;

    /// <summary>Whether no image of that uuid will be there afterwards, although there is one now.</summary>
    public bool TakesAway(Uuid uuid) => Before?.Uuid == uuid && After?.Uuid != uuid;

    /// <summary>Whether that uuid will be in use afterwards.</summary>
    public bool Claims(Uuid uuid) => After?.Uuid == uuid;
}
