using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Wire;

/// <summary>200 with one image in the caller's API version, and its Etag unless the contract has none there (1.9).</summary>
internal sealed class ImageResult(Image image, bool admin = false, bool hasEtag = true) : IActionResult
{
    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var texts = http.RequestServices.GetRequiredService<ImageTexts>();
        var plain = texts.Of(image, PlainForm(http));
        var text = admin ? texts.Of(image, PlainForm(http) | ManifestForm.Admin) : plain;
        var response = http.Response;
        // The plain form's tag in both cases: preconditions compare with that.
        response.Headers.ETag = hasEtag ? plain.Etag : default(Microsoft.Extensions.Primitives.StringValues);
        response.ContentType = WireJson.ContentType;
        response.ContentLength = text.Json.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(text.Json, http.RequestAborted);
        }
    }

    /// <summary>The form that this caller gets without further rights.</summary>
    public static ManifestForm PlainForm(HttpContext context) =>
        ApiVersion.Of(context).ShowsChannels ? ManifestForm.Channels : ManifestForm.Plain;

    /// <summary>A guard that evaluates the preconditions of contract 1.7 against an image's manifest on a write.</summary>
    public static Action<Image> Precondition(HttpContext context)
    {
        var texts = context.RequestServices.GetRequiredService<ImageTexts>();
        return image => Preconditions.IsNotModified(context.Request, [texts.Of(image, PlainForm(context)).Etag], modifiedAt: null);
    }
}
