using ImgApi.Domain.Quotas;

namespace ImgApi.Domain.UseCases;

/// <summary>Stores arriving content. Content that does not match its claims is discarded.</summary>
internal sealed class ContentDeposit(IImageRepository images, IContentStore contents)
{
    public async Task<(ContentDigest Digest, ContentKey Content)> StoreAsync(
        Uuid uuid, ContentName name, Arrival arrival, ContentHead.Inspector inspect, CancellationToken cancellation)
    {
        var (rules, length) = (arrival.Rules, arrival.Length);
        await using var writer = await CreateWriterAsync(uuid, name, length, cancellation);
        using var head = new ContentHead(inspect);
        using var hashes = new ContentHashes();
        long size = 0;
        await ContentIntake.CopyAsync(arrival.Body, arrival.Head, Check, piece => hashes.AppendAsync(piece, WriteAsync), cancellation);
        head.Add([], isLast: true);
        var digest = hashes.Digest();
        rules.CheckReceived(digest, length, arrival.Claims);
        return (digest, await writer.CommitAsync(cancellation));

        void Check(ReadOnlyMemory<byte> piece)
        {
            rules.CheckSoFar(size += piece.Length, length);
            head.Add(piece.Span, isLast: false);
        }

        async ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
        {
            if (arrival.Share is { } share)
            {
                await share.AdmitAsync(piece.Length);
            }

            await writer.WriteAsync(piece, CancellationToken.None);
        }
    }

    private async Task<IContentWriter> CreateWriterAsync(Uuid uuid, ContentName name, long? length, CancellationToken cancellation)
    {
        try
        {
            return await contents.CreateAsync(uuid, name, length, cancellation);
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            throw await images.ExplainMissingAsync(uuid, missing, cancellation);
        }
    }
}

/// <param name="Body">The bytes after <see cref="Head"/>.</param>
/// <param name="Length">The announced size of the whole in bytes; null if it was not announced.</param>
internal sealed record Arrival(Stream Body, long? Length, ContentClaims Claims, UploadRules Rules)
{
    /// <summary>The first bytes, if they were already read from <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>What the bytes count for; null for content that no quota limits.</summary>
    public QuotaShare? Share { get; init; }
}
