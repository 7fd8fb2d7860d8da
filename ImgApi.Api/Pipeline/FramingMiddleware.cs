namespace ImgApi.Api.Pipeline;

/// <summary>
/// Refuses requests whose end two readers could see at two places, and closes their connection, so that nothing behind them
/// is taken for a request. The web server refuses most of them itself; it lets through what RFC 9112, section 6.1, leaves to
/// the receiver: a length beside chunks, chunks in HTTP/1.0, and codings other than one <c>chunked</c>.
/// </summary>
internal sealed class FramingMiddleware(RequestDelegate next)
{
    // Where the web server puts a length that chunks overrule.
    private const string OverruledLength = "X-Content-Length";

    public Task InvokeAsync(HttpContext context) => IsClear(context.Request)
        ? next(context)
        : throw new ImgApiException(ErrorCode.BadRequest, "the length of the request body is ambiguous");

    private static bool IsClear(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding.Count == 0
            || (headers.ContentLength is null
                && !headers.ContainsKey(OverruledLength)
                && !HttpProtocol.IsHttp10(request.Protocol)
                && headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase));
    }
}
