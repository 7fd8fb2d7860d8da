namespace ImgApi.Api.Pipeline;

/// <summary>
/// Prevents request smuggling: refuses requests whose length a proxy could read differently, and closes their connection, so that no bytes after
/// them become a request. Kestrel refuses most of them itself, but not those that RFC 9112, section 6.1, leaves to the receiver: a length
/// besides chunks, chunks in HTTP/1.0, and codings other than a single <c>chunked</c>.
/// </summary>
internal sealed class FramingMiddleware(RequestDelegate next)
{
    // Kestrel moves a length that chunks override to this header.
    private const string OverriddenLength = "X-Content-Length";

    public Task InvokeAsync(HttpContext context) => IsUnambiguous(context.Request)
        ? next(context)
        : throw new ImgApiException(ErrorCode.BadRequest, "the length of the request body is ambiguous");

    private static bool IsUnambiguous(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding.Count == 0
            || (headers.ContentLength is null
                && !headers.ContainsKey(OverriddenLength)
                && !HttpProtocol.IsHttp10(request.Protocol)
                && headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase));
    }
}
