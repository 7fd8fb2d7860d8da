using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Wire;

/// <summary>A small object in the wire's JSON form.</summary>
internal sealed class WireResult<T>(T value, int status = StatusCodes.Status200OK) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Indented);
        response.StatusCode = status;
        response.ContentType = WireJson.ContentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.HttpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
