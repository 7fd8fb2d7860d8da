namespace ImgApi.Api.Controllers;

/// <summary>
/// The base of the controllers. Refusals are exceptions, which one middleware turns into answers; what actions return is sent by
/// <see cref="AnswerExecutor"/>.
/// </summary>
[ApiExplorerSettings(IgnoreApi = false)]
[Produces(WireJson.ContentType)]
internal abstract class ImgApiController : ControllerBase
{
    /// <summary>Ends when the client disconnects.</summary>
    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    /// <summary>200 with the image.</summary>
    private protected static ObjectResult Manifest(Image image, ManifestForm extra = ManifestForm.Plain, bool hasEtag = true) =>
        new(new ImageAnswer(image, extra, hasEtag));

    /// <summary>The import that a request asks for.</summary>
    private protected ImportRequest ImportOf(Uuid uuid, string? channel, string? source, string? force) =>
        new(uuid, ImageSource.TryParse(source, out var server) ? server : null, channel, HttpContext.TraceIdentifier)
        {
            IsForced = Parameters.Force(force),
        };
}
