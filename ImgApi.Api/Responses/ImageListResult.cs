using System.IO.Pipelines;
using ImgApi.Api.Http;
using ImgApi.Api.Json;
using ImgApi.Domain.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Responses;

/// <summary>
/// 200 with a list of images. It has an Etag, so that those who ask again get 304; no other precondition counts here.
/// </summary>
internal sealed class ImageListResult(ImageQuery query, ImageList list, bool admin) : IActionResult
{
    // What a client that does not read costs at most.
    private const long FlushEvery = PiecewiseWriter.PieceSize;

    // Bytes. Indented, a part fits into a block of the connection's memory.
    private const int LongestPart = 16 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var form = ImageResult.PlainForm(http) | (admin ? ManifestForm.Admin : ManifestForm.Plain);
        var cache = http.RequestServices.GetRequiredService<ListCache>();
        var cached = cache.Of(query, list, form);
        http.Response.Headers.ETag = cached.Etag;
        Vary.ByApiVersion(http);
        Vary.By(http.Response, HeaderNames.AcceptEncoding);
        if (Preconditions.Matches(http.Request.Headers.IfNoneMatch.ToString(), [cached.Etag]))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
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
            await WriteAsync(http.Response.BodyWriter, cache.ItemsOf(list.Images, form), http.RequestAborted);
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

    /// <summary>The JSON as the compression of answers would send it, which is cached too.</summary>
    private static async Task<ReadOnlyMemory<byte>> CompressAsync(HttpContext http, CachedList list, ReadOnlyMemory<byte> json)
    {
        if (http.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(http) is not { } provider)
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
            for (var start = 0; start < item.Length; start += LongestPart)
            {
                ListJson.WritePart(writer, item.AsSpan(start, Math.Min(LongestPart, item.Length - start)));
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
