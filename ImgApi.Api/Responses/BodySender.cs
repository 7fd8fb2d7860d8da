namespace ImgApi.Api.Responses;

/// <summary>Sends a body that is complete in memory.</summary>
internal static class BodySender
{
    /// <summary>Sends the headers, and the body unless the request is a HEAD.</summary>
    /// <param name="cancellation">By default the client's leaving, which ends in an exception. An error that is handled already must not do so.</param>
    public static Task SendAsync(
        HttpContext context, byte[] body, string contentType = WireJson.ContentType, CancellationToken? cancellation = null)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, cancellation ?? context.RequestAborted).AsTask();
    }
}
