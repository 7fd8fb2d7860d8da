using System.IO.Pipelines;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Responses;

/// <summary>200 with a list of images.</summary>
/// <param name="Extra">What is shown beyond the caller's API version.</param>
internal sealed record ListAnswer(ImageQuery Query, ImageList List, ManifestForm Extra);

/// <summary>Sends a <see cref="ListAnswer"/>.</summary>
internal sealed class ListSender(ListCache cache, IResponseCompressionProvider compression, ServerRules rules)
{
    // Bounds the memory for a client that does not read.
    private const long FlushEvery = PiecewiseWriter.PieceSize;

    // Bytes. Indented, a part fits into a block of the connection's memory.
    private const int MaxPart = 16 * 1024;

    public async Task SendAsync(HttpContext http, ListAnswer answer)
    {
        var form = ManifestCache.FormFor(http) | answer.Extra;
        var cached = cache.Of(answer.Query, answer.List, form);
        Vary.ByApiVersion(http.Response, rules);
        Vary.By(http.Response, HeaderNames.AcceptEncoding);
        if (ConditionalRequests.TryAnswer(http, cached))
        {
            return;
        }

        http.Response.ContentType = WireJson.ContentType;
        http.Response.ContentLength = cached.Length;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (cache.BeginSending(cached) is not { } json)
        {
            await WriteAsync(http.Response.BodyWriter, cache.ItemsOf(answer.List.Images, form), http.RequestAborted);
            return;
        }

        try
        {
            await http.Response.Body.WriteAsync(await CompressAsync(http, cached, json), http.RequestAborted);
        }
        finally
        {
            cache.EndSending(cached);
        }
    }

    /// <summary>The JSON as the response compression middleware would send it, but cached.</summary>
    private async Task<ReadOnlyMemory<byte>> CompressAsync(HttpContext http, CachedList list, ReadOnlyMemory<byte> json)
    {
        if (compression.GetCompressionProvider(http) is not { } provider)
        {
            return json;
        }

        var compressed = await list.CompressAsync(provider, json);
        http.Response.ContentLength = compressed.Length;
        http.Response.Headers.ContentEncoding = provider.EncodingName;
        return compressed;
    }

    private static async Task WriteAsync(PipeWriter writer, IEnumerable<byte[]> items, CancellationToken cancellation)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            ListJson.WriteBefore(writer, isFirst);
            isFirst = false;
            for (var start = 0; start < item.Length; start += MaxPart)
            {
                ListJson.WritePart(writer, item.AsSpan(start, Math.Min(MaxPart, item.Length - start)));
                if (writer.UnflushedBytes > FlushEvery && (await writer.FlushAsync(cancellation)).IsCompleted)
                {
                    return;
                }
            }
        }

        ListJson.WriteEnd(writer, isEmpty: isFirst);
        await writer.FlushAsync(cancellation);
    }
}

/// <summary>Compresses lists, but no errors, because clients read errors without decompressing them.</summary>
internal sealed class ListCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK && base.ShouldCompressResponse(context);
}
