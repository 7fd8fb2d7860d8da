namespace ImgApi.Domain.Quotas;

/// <summary>The bytes that are reserved for one arriving file, until it is stored.</summary>
/// <param name="user">The publisher of the image; null if unknown.</param>
public sealed class QuotaShare(StorageQuota quota, string? user) : IDisposable
{
    private long _received;

    public string? User => user;

    internal long Reserved { get; set; }

    /// <summary>Makes room for more bytes.</summary>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    public async ValueTask AdmitAsync(int bytes)
    {
        _received += bytes;
        if (_received > Reserved)
        {
            await quota.GrowAsync(this, _received - Reserved);
        }
    }

    public void Dispose() => quota.Release(this);
}
