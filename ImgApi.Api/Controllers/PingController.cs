using ImgApi.Api.Authentication;
using ImgApi.Api.Contracts;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Is the server there, and is it an image API?</summary>
[Authorize(Policies.Ping)]
[Tags(ApiTags.Server)]
public sealed class PingController : ImgApiController
{
    /// <summary>Says that the server is there.</summary>
    /// <param name="error">Name of an error to answer with, for testing clients: for instance <c>ValidationFailed</c>.</param>
    [HttpGet("/ping", Name = "Ping")]
    [ProducesResponseType<PingReply>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized), nameof(ErrorCode.InvalidParameter))]
    public IActionResult Ping([FromQuery(Name = "error")] string? error)
    {
        if (error is not null)
        {
            throw SampleErrors.Of(error);
        }

        return new WireResult<PingReply>(IsAuthenticated ? PingReply.ForUser(User.Identity!.Name!) : PingReply.ForAnyone(Rules));
    }
}
