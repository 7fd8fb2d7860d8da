using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>Puts arriving content into the store. Nothing of it stays there unless it is what was said about it.</summary>
internal sealed class ContentDeposit(IImageRepository images, IContentStore contents)
{
    /// <summary>Stores a content.</summary>
    /// <param name="uuid">The image that it is for.</param>
    /// <param name="name">What it is.</param>
    /// <param name="arrival">The content.</param>
    /// <param name="look">Sees its first bytes; throws to refuse it.</param>
    /// <param name="cancellation">Ends the transfer.</param>
    /// <exception cref="ImgApiException">It is refused, or the image is gone, or the store has failed.</exception>
    public async Task<(ContentDigest Digest, ContentKey Content)> StoreAsync(
        Uuid uuid, ContentName name, Arrival arrival, ContentHead.Look look, CancellationToken cancellation)
    {
        var (rules, length) = (arrival.Rules, arrival.Length);
        await using var writer = await BeginAsync(uuid, name, length, cancellation);
        using var head = new ContentHead(look);
        var digest = await ContentIntake.CopyAsync(arrival.Body, arrival.Begun, writer, head, CheckSize, cancellation);
        rules.CheckReceived(digest, length, arrival.Claims);
        return (digest, await writer.CommitAsync(cancellation));

        void CheckSize(long size)
        {
            if (size > rules.LimitOf(length))
            {
                throw rules.TooMuch(length);
            }
        }
    }

    /// <summary>The store has no room for an image that is gone; it may also be gone from the store alone.</summary>
    private async Task<IContentWriter> BeginAsync(Uuid uuid, ContentName name, long? length, CancellationToken cancellation)
    {
        try
        {
            return await contents.CreateAsync(uuid, name, length, cancellation);
        }
        catch (ImgApiException gone) when (gone.Code == ErrorCode.ResourceNotFound)
        {
            throw await images.FindSettledAsync(uuid, cancellation) is null
                ? ImgApiException.ImageNotFound(uuid)
                : ImgApiException.ImageLost(uuid, gone);
        }
    }
}

/// <summary>Content on its way in.</summary>
/// <param name="Body">The bytes, or what is left of them.</param>
/// <param name="Length">The announced size of the whole in bytes; null if it was not announced.</param>
/// <param name="Claims">What the bytes must be.</param>
/// <param name="Rules">What is checked.</param>
internal sealed record Arrival(Stream Body, long? Length, ContentClaims Claims, UploadRules Rules)
{
    /// <summary>The first bytes, if they were read from <see cref="Body"/> already.</summary>
    public ReadOnlyMemory<byte> Begun { get; init; }
}
