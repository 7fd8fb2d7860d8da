using System.Collections.Concurrent;

namespace ImgApi.Domain.Quotas;

/// <summary>
/// Refuses files beyond the quotas. The files of a user's images count, that is of those that the user published, and open resumable uploads
/// with their whole length. A file that an upload is about to replace counts until then. Icons and manifests do not count.
/// </summary>
public sealed class StorageQuota(IImageRepository images, IUploadStore uploads, QuotaRules rules) : IDisposable
{
    // Bytes. The files are counted once for so many bytes of an upload without an announced length.
    private const long Step = 64L << 20;

    // Two uploads at once must not both get the last bytes.
    private readonly SemaphoreSlim _counting = new(1);
    private readonly ConcurrentDictionary<QuotaShare, bool> _shares = new();

    /// <summary>Reserves the bytes of a file. The caller disposes the share when the file is stored, or will not be.</summary>
    /// <param name="length">Null if it was not announced: then the share grows while bytes arrive.</param>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c>.</exception>
    public async Task<QuotaShare> ReserveAsync(Uuid image, long? length, CancellationToken cancellation)
    {
        var share = new QuotaShare(this, (await images.FindAsync(image, cancellation))?.Publisher);
        await GrowAsync(share, length ?? 0, length ?? 0, cancellation);
        return share;
    }

    /// <summary>The use of all quotas, that of all users first.</summary>
    public async Task<IReadOnlyList<QuotaUse>> ListUseAsync(CancellationToken cancellation)
    {
        var stored = await StoredAsync(cancellation);
        return
        [
            .. from quota in rules.Of(user: null).Concat(rules.Users().Select(user => ((string?)user.Key, user.Value)))
               select new QuotaUse(quota.Item1, quota.Item2, Used(stored, quota.Item1)),
        ];
    }

    public void Dispose() => _counting.Dispose();

    /// <summary>As <see cref="ReserveAsync"/>, for the next bytes of a file.</summary>
    internal Task GrowAsync(QuotaShare share, long bytes) => GrowAsync(share, bytes, Math.Max(bytes, Step), CancellationToken.None);

    internal void Release(QuotaShare share) => _shares.TryRemove(share, out _);

    private async Task GrowAsync(QuotaShare share, long least, long most, CancellationToken cancellation)
    {
        var limits = rules.Of(share.User).ToArray();
        if (limits.Length == 0)
        {
            share.Reserved = long.MaxValue;
            return;
        }

        await _counting.WaitAsync(cancellation);
        try
        {
            var stored = await StoredAsync(cancellation);
            var left = most;
            foreach (var (user, limit) in limits)
            {
                var used = Used(stored, user);
                left = Math.Min(left, limit - used);
                if (left < least || limit - used <= 0)
                {
                    throw Exceeded(new QuotaUse(user, limit, used));
                }
            }

            share.Reserved += left;
            _shares[share] = true;
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>The publisher and the size of each file, resumable upload and share.</summary>
    private async Task<IReadOnlyList<(string? User, long Bytes)>> StoredAsync(CancellationToken cancellation)
    {
        var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        var stored = all.Select(image => (image.Publisher, image.File?.Size ?? 0)).ToList();
        foreach (var upload in (await uploads.ListAsync(cancellation)).Where(one => !one.IsFinished).Select(one => one.Upload))
        {
            stored.Add(((await images.FindAsync(upload.Image, cancellation))?.Publisher, upload.Length));
        }

        stored.AddRange(_shares.Keys.Select(share => (share.User, share.Reserved)));
        return stored;
    }

    private static long Used(IEnumerable<(string? User, long Bytes)> stored, string? user) =>
        stored.Where(one => user is null || one.User == user).Sum(one => one.Bytes);

    private static ImgApiException Exceeded(QuotaUse quota) => new(
        ErrorCode.InsufficientStorage,
        $"quota of {(quota.User is { } user ? $"user {user}" : "all users")}: {ByteSize.Approximate(quota.Limit)}, {ByteSize.Approximate(quota.Used)} used");
}
