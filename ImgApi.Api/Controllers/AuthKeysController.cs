using ImgApi.Api.Authentication;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The users' public keys.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Server)]
public sealed class AuthKeysController(IUserKeys keys) : ImgApiController
{
    /// <summary>Reads the users' public keys anew.</summary>
    /// <remarks>
    /// Seldom needed: changed files are noticed when keys are next used. If the files cannot be read, the keys from before
    /// stay.
    /// </remarks>
    [HttpPost("/authkeys/reload", Name = "AdminReloadAuthKeys")]
    [ProducesResponseType<EmptyReply>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized), nameof(ErrorCode.StorageIsDown))]
    public IActionResult Reload()
    {
        keys.Reload();
        return new WireResult<EmptyReply>(new EmptyReply());
    }

    /// <summary>An object without members.</summary>
    public sealed record EmptyReply;
}
