namespace ImgApi.Api.Responses;

/// <summary>200 with one image in the caller's API version.</summary>
/// <param name="Extra">What is shown beyond the caller's API version.</param>
/// <param name="HasEtag">Whether the endpoint sends the image's Etag (the table of contract 1.9).</param>
internal sealed record ImageAnswer(Image Image, ManifestForm Extra = ManifestForm.Plain, bool HasEtag = true);

/// <summary>Sends an <see cref="ImageAnswer"/>. Reads are conditional; writes have checked their preconditions before the change.</summary>
internal sealed class ImageSender(ManifestCache manifests, ConditionalRequests conditions, ServerRules rules)
{
    public Task SendAsync(HttpContext http, ImageAnswer answer)
    {
        if (Preconditions.IsRead(http.Request))
        {
            Vary.ByApiVersion(http.Response, rules);
            if (conditions.TryAnswer(http, answer.Image))
            {
                return Task.CompletedTask;
            }
        }

        var form = ManifestCache.FormFor(http);
        ChangedImage.Note(http, answer.Image);
        if (answer.HasEtag)
        {
            // Always that of the plain form: preconditions compare with it.
            http.Response.Headers.ETag = manifests.Of(answer.Image, form).Etag;
        }

        return BodySender.SendAsync(http, manifests.Of(answer.Image, form | answer.Extra).Json);
    }
}
