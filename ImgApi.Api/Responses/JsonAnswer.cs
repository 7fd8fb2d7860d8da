using ImgApi.Api.Json;

namespace ImgApi.Api.Responses;

/// <summary>Sends serialised JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>Sends the headers, and the body unless the request is a HEAD.</summary>
    public static Task SendAsync(HttpContext context, byte[] json)
    {
        var response = context.Response;
        response.ContentType = WireJson.ContentType;
        response.ContentLength = json.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
