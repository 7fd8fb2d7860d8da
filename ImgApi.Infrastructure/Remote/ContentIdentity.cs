using System.Globalization;
using System.Net;

namespace ImgApi.Infrastructure.Remote;

/// <summary>By what a later answer is known to have the rest of the same content.</summary>
/// <param name="Length">Bytes in all; null if they were not announced.</param>
/// <param name="Etag">The Etag header as it was sent, quotes or not, if it is a strong one.</param>
/// <param name="LastModified">The Last-Modified header as it was sent.</param>
internal sealed record ContentIdentity(long? Length, string? Etag, string? LastModified)
{
    /// <summary>What the first answer says.</summary>
    public static ContentIdentity FromResponse(HttpResponseMessage response)
    {
        var etag = Header(response, "ETag");
        return new ContentIdentity(
            response.Content.Headers.ContentLength,
            etag?.StartsWith("W/", StringComparison.Ordinal) == true ? null : etag,
            Header(response, "Last-Modified"));
    }

    /// <summary>Makes of a request one for what begins at an offset.</summary>
    public void AddRange(HttpRequestMessage request, long offset)
    {
        request.Headers.TryAddWithoutValidation("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-"));
        if ((Etag ?? LastModified) is { } validator)
        {
            request.Headers.TryAddWithoutValidation("If-Range", validator);
        }
    }

    /// <summary>
    /// Whether an answer has the rest from an offset on. Content that the first answer gave no mark by cannot be known again.
    /// </summary>
    public bool IsRest(HttpResponseMessage response, long offset)
    {
        var range = response.Content.Headers.ContentRange;
        return response.StatusCode == HttpStatusCode.PartialContent
            && (Etag ?? LastModified) is not null
            && (Etag is null || Header(response, "ETag") == Etag)
            && (LastModified is null || Header(response, "Last-Modified") is not { } modified || modified == LastModified)
            && range is { Unit: "bytes", From: { } from } && from == offset
            && (Length is not { } length || (range.Length == length && range.To == length - 1));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}
