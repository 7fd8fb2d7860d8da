using System.Globalization;

namespace ImgApi.Api.Responses;

/// <summary>Decides for all endpoints whether a conditional request is answered 304 or 412 (contract 1.7).</summary>
internal sealed class ConditionalRequests(ManifestCache manifests)
{
    /// <summary>A guard for writes: throws <c>PreconditionFailed</c> unless the image is as the request's headers expect it.</summary>
    public Action<Image> Guard(HttpContext http) => image => Preconditions.IsNotModified(http.Request, [EtagOf(http, image)], modifiedAt: null);

    /// <summary>Answers 304 if the client has the image already. Dates do not count, and a 304 has no Etag.</summary>
    /// <exception cref="ImgApiException"><c>PreconditionFailed</c>.</exception>
    internal bool TryAnswer(HttpContext http, Image image) =>
        TryAnswer(http, Preconditions.IsNotModified(http.Request, [EtagOf(http, image)], modifiedAt: null));

    /// <summary>Answers 304 if the client has the content already. Sets Etag and Last-Modified in any case.</summary>
    /// <exception cref="ImgApiException"><c>PreconditionFailed</c>.</exception>
    internal bool TryAnswer(HttpContext http, StoredContent content)
    {
        http.Response.Headers.ETag = content.Etag;
        http.Response.Headers.LastModified = content.ModifiedAt.ToString("r", CultureInfo.InvariantCulture);
        // A client may hold the content's own tag or the manifest's (contract 1.7, the defect).
        var manifest = EtagOf(http, content.Image);
        string[] etags = content.Etag is { } own ? [own, manifest] : [manifest];
        return TryAnswer(http, Preconditions.IsNotModified(http.Request, etags, content.ModifiedAt));
    }

    /// <summary>Answers 304 if the client has the list already. Sets the Etag in any case; lists have no other precondition.</summary>
    internal static bool TryAnswer(HttpContext http, CachedList list)
    {
        http.Response.Headers.ETag = list.Etag;
        return TryAnswer(http, Preconditions.Matches(http.Request.Headers.IfNoneMatch.ToString(), [list.Etag]));
    }

    private static bool TryAnswer(HttpContext http, bool isNotModified)
    {
        if (isNotModified)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
        }

        return isNotModified;
    }

    private string EtagOf(HttpContext http, Image image) => manifests.Of(image, ManifestCache.FormFor(http)).Etag;
}
