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
        var digest = await ContentIntake.CopyAsync(arrival.Body, arrival.Head, writer, head, size => rules.CheckSoFar(size, length), cancellation);
        rules.CheckReceived(digest, length, arrival.Claims);
        return (digest, await writer.CommitAsync(cancellation));
    }

    /// <summary>The store reports a missing image if it was removed, or if its stored data has disappeared.</summary>
    private async Task<IContentWriter> CreateWriterAsync(Uuid uuid, ContentName name, long? length, CancellationToken cancellation)
    {
        try
        {
            return await contents.CreateAsync(uuid, name, length, cancellation);
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            throw await images.FindSettledAsync(uuid, cancellation) is null
                ? ImgApiException.ImageNotFound(uuid)
                : ImgApiException.ImageLost(uuid, missing);
        }
    }
}

/// <param name="Body">The bytes after <see cref="Head"/>.</param>
/// <param name="Length">The announced size of the whole in bytes; null if it was not announced.</param>
internal sealed record Arrival(Stream Body, long? Length, ContentClaims Claims, UploadRules Rules)
{
    /// <summary>The first bytes, if they were already read from <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }
}
