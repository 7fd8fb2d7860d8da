using System.IO.Pipelines;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Wire;

/// <summary>
/// 200 with a list of images. It has an Etag, so that those who ask again get 304; no other precondition counts here.
/// </summary>
internal sealed class ImageListResult(IReadOnlyList<Image> images, bool admin) : IActionResult
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
        var texts = http.RequestServices.GetRequiredService<ListTexts>();
        var text = texts.Of(images, form);
        http.Response.Headers.ETag = text.Etag;
        Vary.ByApiVersion(http);
        Vary.By(http.Response, HeaderNames.AcceptEncoding);
        if (Preconditions.Hits(http.Request.Headers.IfNoneMatch.ToString(), [text.Etag]))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = WireJson.ContentType;
        http.Response.ContentLength = text.Length;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (text.Kept is { } kept)
        {
            await SendAsync(http, kept);
        }
        else
        {
            await WriteAsync(http.Response.BodyWriter, texts.ItemsOf(images, form), http.RequestAborted);
        }
    }

    /// <summary>Sends what is kept, in the form that the compression of answers would give it.</summary>
    private static async Task SendAsync(HttpContext http, KeptText kept)
    {
        kept.BeginSending();
        try
        {
            await http.Response.Body.WriteAsync(await InFormAsync(http, kept), http.RequestAborted);
        }
        finally
        {
            kept.EndSending();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> InFormAsync(HttpContext http, KeptText kept)
    {
        if (http.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(http) is not { } provider)
        {
            return kept.Whole;
        }

        var compressed = await kept.InAsync(provider);
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
