namespace ImgApi.Domain.Integrity;

/// <summary>The space for content, in bytes.</summary>
/// <param name="Free">Free for this server.</param>
/// <param name="Total">Used and free together.</param>
/// <param name="Reserved">What content leaves free: uploads beyond it are refused.</param>
public sealed record StorageSpace(long Free, long Total, long Reserved)
{
    private const int ScarcePart = 10;

    /// <summary>Whether the operator should make room: less than a tenth is free, or no upload fits.</summary>
    public bool IsScarce => Free < Total / ScarcePart || Free <= Reserved;
}
