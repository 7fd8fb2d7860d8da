using ImgApi.Api.Logging;

namespace ImgApi.Api.Controllers;

/// <summary>The server's state, for operators.</summary>
[Needs(Right.Operate)]
[Tags(ApiTags.Server)]
internal sealed class StateController(IImageRepository repository, LogLevels levels) : ImgApiController
{
    private static readonly Dictionary<string, object> NoCaches = new() { ["ImageGet"] = new object(), ["ImageList"] = new object() };

    /// <summary>Returns the state of the server, for debugging.</summary>
    [HttpRead("/state", Name = "AdminGetState")]
    public async Task<ActionResult<ServerState>> Get()
    {
        var (images, _) = await repository.QueryAsync(new ImageQuery { State = StateFilter.All }, Cancellation);
        var summaries = images.ToDictionary(
            image => image.Uuid.ToString(), image => new CatalogueEntry(image.Details.Name, image.Details.Version, image.State));
        return new ServerState(
            NoCaches, new LogState(LogLevelWords.Number(levels.Minimum)), [StorageTypes.Local], new CatalogueState(images.Count, summaries));
    }

    /// <summary>Drops the caches. It has no effect, because this server's caches cannot be stale.</summary>
    /// <param name="action">dropcaches.</param>
    [HttpPost("/state", Name = "AdminUpdateState")]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [Fails(nameof(ErrorCode.MissingParameter), nameof(ErrorCode.InvalidArgument))]
    public IActionResult Update([FromQuery, OneOf(typeof(ImageActions), nameof(ImageActions.OnState), IsRequired = true)] string? action) =>
        action switch
        {
            "dropcaches" => StatusCode(StatusCodes.Status202Accepted),
            null or "" => throw new ImgApiException(
                ErrorCode.MissingParameter, $"\"action\" is required {Parameters.OneOf(ImageActions.OnState)}"),
            _ => throw new ImgApiException(
                ErrorCode.InvalidArgument, $"\"{action}\" is not a valid action {Parameters.OneOf(ImageActions.OnState)}"),
        };
}
