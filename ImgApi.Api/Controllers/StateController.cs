using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Api.Logging;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The server's inner state, for operators.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Server)]
public sealed class StateController(ImageReading reading) : ImgApiController
{
    private static readonly Dictionary<string, object> NoCaches = new() { ["ImageGet"] = new object(), ["ImageList"] = new object() };

    /// <summary>Tells what the server holds, for a person who looks for a fault.</summary>
    [HttpGet("/state", Name = "AdminGetState")]
    [ProducesResponseType<ServerState>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized))]
    public async Task<IActionResult> Get()
    {
        var (images, _) = await reading.QueryAsync(new ImageQuery { State = StateFilter.All }, Cancellation);
        var summaries = images.ToDictionary(
            image => image.Uuid.ToString(), image => new ImageSummary(image.Details.Name, image.Details.Version, image.State));
        var level = HttpContext.RequestServices.GetRequiredService<LogLevels>().Minimum;
        return new WireResult<ServerState>(new ServerState(
            NoCaches, new LogState(LogLevelWords.Number(level)), [StorageTypes.Local], new CatalogueState(images.Count, summaries)));
    }

    /// <summary>Drops the caches: answers that it did, since this server has none that could be stale.</summary>
    /// <param name="action">dropcaches.</param>
    [HttpPost("/state", Name = "AdminUpdateState")]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [Fails(nameof(ErrorCode.Unauthorized), nameof(ErrorCode.MissingParameter), nameof(ErrorCode.InvalidArgument))]
    public IActionResult Update([FromQuery(Name = "action")] string? action) => action switch
    {
        "dropcaches" => StatusCode(StatusCodes.Status202Accepted),
        null or "" => throw new ImgApiException(ErrorCode.MissingParameter, $"\"action\" is required {Parameters.OneOf(ImageActions.OnState)}"),
        _ => throw new ImgApiException(ErrorCode.InvalidArgument, $"\"{action}\" is not a valid action {Parameters.OneOf(ImageActions.OnState)}"),
    };
}
