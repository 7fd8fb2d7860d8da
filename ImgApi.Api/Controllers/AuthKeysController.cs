namespace ImgApi.Api.Controllers;

/// <summary>The users' public keys.</summary>
[Needs(Right.Operate)]
[Tags(ApiTags.Server)]
internal sealed class AuthKeysController(IUserKeys keys) : ImgApiController
{
    /// <summary>Reloads the users' public keys.</summary>
    /// <remarks>
    /// Rarely needed: changed files are noticed when keys are next used. If the files cannot be read, the previous keys stay valid.
    /// </remarks>
    [HttpPost("/authkeys/reload", Name = "AdminReloadAuthKeys")]
    [Fails(nameof(ErrorCode.StorageIsDown))]
    public ActionResult<EmptyReply> Reload()
    {
        keys.Reload();
        return new EmptyReply();
    }

    /// <summary>An object without members.</summary>
    public sealed record EmptyReply;
}
