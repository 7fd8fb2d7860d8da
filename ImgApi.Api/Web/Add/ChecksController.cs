namespace ImgApi.Api.Web.Add;

/// <summary>
/// Checks what is entered on a page, by the rules of the requests that follow, and changes nothing. The scripts of the pages send these
/// requests; their errors are those of the API.
/// </summary>
[Needs(Right.Publish)]
internal sealed class ChecksController(
    ManifestIntake intake, ManifestUpdate update, ImageReading reading, FileFactsReader facts, ServerRules rules) : PageController
{
    /// <summary>Checks the manifest of a new image. With a UUID, it is an import.</summary>
    [HttpPost("/ui/checks/manifest", Name = "CheckManifest")]
    [LoggedIfChanged]
    public async Task<IActionResult> New([FromQuery] string? channel, JsonBody<ManifestBody> body)
    {
        var where = rules.Channels.Resolve(channel, allowsEvery: false);
        var manifest = await body.ReadObjectAsync();
        _ = manifest.TryGetProperty("uuid", out var given) && given.AsUuid() is { } uuid
            ? await intake.ImportAsync(uuid, manifest, where, Request.Headers.UserAgent.ToString(), Cancellation)
            : await intake.CreateAsync(manifest, account: null, where, Cancellation);
        return NoContent();
    }

    /// <summary>Checks changes of an image.</summary>
    [HttpPost("/ui/checks/manifest/{uuid}", Name = "CheckUpdate")]
    [LoggedIfChanged]
    public async Task<IActionResult> Changed(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        var changes = ManifestUpdate.EnsureUsable(await body.ReadAsync());
        _ = update.Apply(await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation), changes, byOperator: scope.Account is null);
        return NoContent();
    }

    /// <summary>Returns what the server reads from the first bytes of a file. They are the body.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="whole">true if the file has no more bytes.</param>
    /// <param name="type">The type that was chosen.</param>
    /// <param name="origin">The origin that was entered.</param>
    [HttpPost("/ui/checks/file", Name = "CheckFile")]
    [LoggedIfChanged]
    [RequestSizeLimit(UploadPreview.HeadLength)]
    public async Task<ActionResult<FileFacts>> File(
        [FromQuery] string? file, [FromQuery, OneOf("true", "false")] string? whole, [FromQuery] string? type, [FromQuery] string? origin)
    {
        var isWhole = Parameters.Boolean("whole", whole) ?? false;
        var head = await RequestBytes.ReadAsync(Request, UploadPreview.HeadLength);
        var details = new ImageDetails
        {
            Type = ImageType.All.Contains(type) ? type : null,
            Origin = Uuid.TryParse(origin, out var uuid) ? uuid : null,
        };
        return Ok(await facts.ReadAsync(file ?? "", details, head, isWhole, Cancellation));
    }
}
