namespace ImgApi.Domain.Integrity;

/// <summary>The space for content, in bytes.</summary>
/// <param name="Free">Free for this server.</param>
/// <param name="Total">Used and free together.</param>
/// <param name="Reserved">What content leaves free: uploads beyond it are refused.</param>
public sealed record StorageSpace(long Free, long Total, long Reserved)
{
    private const int ScarcePart = 10;

    /// <summary>Whether uploads will soon be refused: less than twice <see cref="Reserved"/> is free.</summary>
    public bool IsNearlyFull => Free / 2 < Reserved; // 2 * Reserved could overflow

    /// <summary>Whether the operator should make room: less than a tenth is free, or uploads will soon be refused.</summary>
    public bool IsScarce => Free < Total / ScarcePart || IsNearlyFull;
}
