using ImgApi.Api.Responses;

namespace ImgApi.Api.Controllers;

/// <summary>Tells clients that the server is available, and that it is an image API.</summary>
[Authorize(Policies.Ping)]
[Tags(ApiTags.Server)]
public sealed class PingController(ServerRules rules) : ImgApiController
{
    /// <summary>Checks that the server is available.</summary>
    /// <param name="error">Name of an error to answer with, for testing clients: for instance <c>ValidationFailed</c>.</param>
    [HttpGet("/ping", Name = "Ping")]
    [Fails(nameof(ErrorCode.InvalidParameter))]
    public ActionResult<PingReply> Ping(Caller caller, [FromQuery] string? error) =>
        error is not null ? throw PingErrors.Of(error)
        : caller.User is { } user ? PingReply.ForUser(user)
        : PingReply.ForAnyone(rules);
}
