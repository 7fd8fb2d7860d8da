using System.Net;
using System.Net.Http.Headers;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Identifies the content of a first response, so that a later one is known to be the rest of it.</summary>
/// <param name="Length">Total bytes; null if not announced.</param>
/// <param name="Etag">The Etag header as sent, with or without quotes; null if it is weak.</param>
/// <param name="LastModified">The Last-Modified header as sent.</param>
internal sealed record ContentIdentity(long? Length, string? Etag, string? LastModified)
{
    public static ContentIdentity FromResponse(HttpResponseMessage response)
    {
        var etag = Header(response, "ETag");
        return new ContentIdentity(
            response.Content.Headers.ContentLength,
            etag?.StartsWith("W/", StringComparison.Ordinal) == true ? null : etag,
            Header(response, "Last-Modified"));
    }

    /// <summary>Adds the headers that request the rest from an offset.</summary>
    public void AddRange(HttpRequestMessage request, long offset)
    {
        request.Headers.Range = new RangeHeaderValue(offset, to: null);
        if ((Etag ?? LastModified) is { } validator)
        {
            request.Headers.TryAddWithoutValidation("If-Range", validator);
        }
    }

    /// <summary>Whether a response is the rest from an offset. It never is if the first response had neither Etag nor Last-Modified.</summary>
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
