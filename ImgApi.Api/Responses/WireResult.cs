using System.Text.Json;
using ImgApi.Api.Json;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Responses;

/// <summary>A small object in the wire's JSON form.</summary>
internal sealed class WireResult<T>(T value, int status = StatusCodes.Status200OK) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = status;
        return JsonAnswer.SendAsync(context.HttpContext, JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Indented));
    }
}
