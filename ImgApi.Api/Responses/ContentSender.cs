using ImgApi.Api.Observability;

namespace ImgApi.Api.Responses;

/// <summary>The file or icon of an image as it is stored (contract 5.8): whole, or the one range that was asked for.</summary>
/// <param name="Find">Finds the content; called again if it is replaced before its bytes are opened.</param>
internal sealed record ContentAnswer(Func<ValueTask<StoredContent>> Find);

/// <summary>Sends a <see cref="ContentAnswer"/>. The bytes are opened last, so that HEAD and 304 cost the store nothing.</summary>
internal sealed class ContentSender(ImageReading reading, FrontServerOffload offload, ConditionalRequests conditions, Transfers transfers, FetchRegister fetches)
{
    // Straight into the response pipe, in blocks of its memory. Measured: a third of the processor time of the framework's file
    // result; flushing half as much at a time costs a fifth more. It is also what a client that does not read holds in memory.
    private const int PieceSize = 64 * 1024;
    private const long FlushEvery = 256 * 1024;

    public async Task SendAsync(HttpContext http, ContentAnswer answer)
    {
        while (!await TrySendAsync(http, await answer.Find()))
        {
        }
    }

    /// <returns>False if the content was replaced before its bytes were opened. Nothing has been sent then.</returns>
    private async Task<bool> TrySendAsync(HttpContext http, StoredContent content)
    {
        if (conditions.TryAnswer(http, content))
        {
            return true;
        }

        http.Response.ContentType = content.ContentType;
        var isHead = HttpMethods.IsHead(http.Request.Method);
        var isOffloaded = offload.IsWanted(http) && !isHead;
        (long Offset, long Count) extent = isOffloaded ? default : Describe(http, content);
        if (isHead)
        {
            return true;
        }

        using var reader = await reading.OpenAsync(content, http.RequestAborted);
        if (reader is null)
        {
            return false;
        }

        if (isOffloaded)
        {
            await OffloadAsync(http, content);
            await CountAsync(content);
            return true;
        }

        using var transfer = transfers.BeginDownload(http, content.Image.Uuid, extent.Count);
        if (await TryWriteAsync(http, reader, extent, transfer) && extent.Offset + extent.Count == content.Size)
        {
            await CountAsync(content);
        }

        return true;
    }

    /// <summary>Counts a download that has reached the end of the file, so that one in several ranges counts once.</summary>
    private async ValueTask CountAsync(StoredContent content)
    {
        if (content.Kind == ContentKind.File)
        {
            await fetches.AddAsync(content.Image.Uuid);
        }
    }

    private async Task OffloadAsync(HttpContext http, StoredContent content)
    {
        http.Response.Headers.ContentMD5 = content.Md5;
        http.Response.ContentLength = 0;
        var location = await reading.LocateAsync(content, http.RequestAborted);
        offload.Apply(http, location!);
    }

    /// <summary>Sets the status and the headers of the answer.</summary>
    /// <returns>The part that is to be sent.</returns>
    private static (long Offset, long Count) Describe(HttpContext http, StoredContent content)
    {
        var (response, length) = (http.Response, content.Size);
        var range = ByteRange.Of(http.Request, content.Etag, content.ModifiedAt);
        var extent = range is null ? (0, length) : range.Resolve(length);
        response.Headers.AcceptRanges = "bytes";
        if (extent is not var (offset, count))
        {
            response.Headers.ContentRange = $"bytes */{length}";
            throw new ImgApiException(ErrorCode.RangeNotSatisfiable, $"the range is outside the content's {length} bytes");
        }

        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.Headers.ContentMD5 = range is null ? content.Md5 : null;
        response.Headers.ContentRange = range is null ? null : $"bytes {offset}-{offset + count - 1}/{length}";
        response.ContentLength = count;
        return (offset, count);
    }

    /// <returns>False if the client closed the connection.</returns>
    private static async Task<bool> TryWriteAsync(HttpContext http, IContentReader reader, (long Offset, long Count) extent, Transfer transfer)
    {
        var (offset, count) = extent;
        var writer = http.Response.BodyWriter;
        while (count > 0)
        {
            var piece = writer.GetMemory(PieceSize);
            var read = await reader.ReadAsync(piece[..(int)Math.Min(piece.Length, count)], offset, http.RequestAborted);
            if (read == 0)
            {
                throw new EndOfStreamException("stored content ended early");
            }

            writer.Advance(read);
            transfer.Add(read);
            offset += read;
            count -= read;
            if (count > 0 && writer.UnflushedBytes < FlushEvery)
            {
                continue;
            }

            if ((await writer.FlushAsync(http.RequestAborted)).IsCompleted)
            {
                return false;
            }
        }

        return true;
    }
}
