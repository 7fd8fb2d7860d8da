using ImgApi.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Responses;

/// <summary>200 with one image in the caller's API version.</summary>
/// <param name="image">The image.</param>
/// <param name="extra">What is shown beyond the caller's API version.</param>
/// <param name="hasEtag">Whether the endpoint sends the image's Etag (the table of contract 1.9).</param>
internal sealed class ImageResult(Image image, ManifestForm extra = ManifestForm.Plain, bool hasEtag = true) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var manifests = http.RequestServices.GetRequiredService<ManifestCache>();
        var plain = manifests.Of(image, PlainForm(http));
        var text = extra == ManifestForm.Plain ? plain : manifests.Of(image, PlainForm(http) | extra);
        ChangedImage.Note(http, image);
        if (hasEtag)
        {
            // The plain form's tag always: preconditions compare with that.
            http.Response.Headers.ETag = plain.Etag;
        }

        return JsonAnswer.SendAsync(http, text.Json);
    }

    /// <summary>The form that this caller gets without further rights.</summary>
    public static ManifestForm PlainForm(HttpContext context) =>
        ApiVersion.Of(context).ShowsChannels ? ManifestForm.Channels : ManifestForm.Plain;

    /// <summary>A guard that evaluates the preconditions of contract 1.7 against an image's manifest on a write.</summary>
    public static Action<Image> Precondition(HttpContext context)
    {
        var manifests = context.RequestServices.GetRequiredService<ManifestCache>();
        return image => Preconditions.IsNotModified(context.Request, [manifests.Of(image, PlainForm(context)).Etag], modifiedAt: null);
    }
}
