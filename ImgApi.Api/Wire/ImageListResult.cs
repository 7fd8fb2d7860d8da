using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Wire;

/// <summary>
/// 200 with a list of images. Written straight from the images' own texts, each indented once more, so that no list is
/// built in memory. It has an Etag, so that those who ask again get 304; no other precondition counts here.
/// </summary>
internal sealed class ImageListResult(IReadOnlyList<Image> images, bool admin) : IActionResult
{
    // Lets large lists go out while they are written.
    private const long FlushEvery = 64 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var form = ImageResult.PlainForm(http) | (admin ? ManifestForm.Admin : ManifestForm.Plain);
        var store = http.RequestServices.GetRequiredService<ImageTexts>();
        var texts = new byte[images.Count][];
        long length = "[]"u8.Length;
#pragma warning disable CA5350 // Opaque, as the Etags of single images are.
        using var etag = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        for (var i = 0; i < texts.Length; i++)
        {
            var text = store.Of(images[i], form);
            etag.AppendData(Encoding.ASCII.GetBytes(text.Etag));
            texts[i] = text.Json;
            length += texts[i].Length + (2 * (texts[i].AsSpan().Count((byte)'\n') + 1)) + (i == 0 ? "\n\n"u8.Length : ",\n"u8.Length);
        }

        var tag = Convert.ToHexStringLower(etag.GetHashAndReset());
        http.Response.Headers.ETag = tag;
        if (Preconditions.Hits(http.Request.Headers.IfNoneMatch.ToString(), [tag]))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = WireJson.ContentType;
        http.Response.ContentLength = length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await WriteAsync(http.Response.BodyWriter, texts, http.RequestAborted);
        }
    }

    private static async Task WriteAsync(PipeWriter writer, byte[][] texts, CancellationToken cancellation)
    {
        Write(writer, "["u8);
        for (var i = 0; i < texts.Length; i++)
        {
            Write(writer, i == 0 ? "\n  "u8 : ",\n  "u8);
            WriteIndented(writer, texts[i]);
            if (writer.UnflushedBytes > FlushEvery && (await writer.FlushAsync(cancellation)).IsCompleted)
            {
                return;
            }
        }

        Write(writer, texts.Length == 0 ? "]"u8 : "\n]"u8);
        await writer.FlushAsync(cancellation);
    }

    /// <summary>A raw line end in JSON text is always between tokens, so indenting is inserting two spaces after each.</summary>
    private static void WriteIndented(PipeWriter writer, ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\n') is var end and >= 0)
        {
            Write(writer, text[..(end + 1)]);
            Write(writer, "  "u8);
            text = text[(end + 1)..];
        }

        Write(writer, text);
    }

    private static void Write(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
