using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Api.Json;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>What the controllers share. Refusals are exceptions; one middleware turns them into answers.</summary>
[ApiExplorerSettings(IgnoreApi = false)]
[Produces(WireJson.ContentType)]
[ProducesResponseType<ErrorBody>(StatusCodes.Status400BadRequest)]
public abstract class ImgApiController : ControllerBase
{
    /// <summary>Whether the caller proved to be a known user. False for everyone with authentication switched off.</summary>
    protected bool IsAuthenticated =>
        User.Identity?.IsAuthenticated == true
        && HttpContext.RequestServices.GetRequiredService<ServerConfiguration>().Authentication != AuthenticationKind.None;

    /// <summary>Whether the caller may see what anonymous callers may not (contract 6.6, 0.1).</summary>
    protected bool IsTrusted =>
        IsAuthenticated || Rules.TrustsAnonymous;

    /// <summary>Whether private images are kept from this caller (configuration key <c>readAuth</c>).</summary>
    private protected bool HidesPrivate =>
        !IsAuthenticated
        && HttpContext.RequestServices.GetRequiredService<ServerConfiguration>().ReadAccess != ReadAccess.Open;

    /// <summary>Ends when the client goes away.</summary>
    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    /// <summary>What kind of repository the server is.</summary>
    protected ServerRules Rules => HttpContext.RequestServices.GetRequiredService<ServerRules>();

    /// <summary>Whom a read speaks for, where it looks (<c>*</c> means all channels), and what is kept from this caller.</summary>
    private protected ImageScope ReadScope(string? account, string? channel) =>
        Scope(account, channel, allowsEvery: true) with { HidesPrivate = HidesPrivate };

    /// <summary>200 with the image.</summary>
    private protected static IActionResult Manifest(Image image, bool admin = false) =>
        new ImageResult(image, admin ? ManifestForm.Admin : ManifestForm.Plain);

    /// <summary>Whom a request speaks for and where it looks; the channel is settled first (contract section 5, [chan] and [get]).</summary>
    /// <param name="account">The parameter of that name.</param>
    /// <param name="channel">The parameter of that name.</param>
    /// <param name="allowsEvery">Whether <c>*</c> means all channels here.</param>
    /// <exception cref="Domain.Errors.ImgApiException"><c>ValidationFailed</c>, <c>InvalidParameter</c>.</exception>
    private protected ImageScope Scope(string? account, string? channel, bool allowsEvery = false)
    {
        var where = Rules.Channels.Resolve(channel, allowsEvery);
        return new ImageScope(Parameters.Account(account), where);
    }

    /// <summary>Guard of the writes that obey preconditions: visible, owned, and as the headers expect it.</summary>
    private protected Action<Image> WriteGuard(ImageScope scope) => scope.EnsureOwned + ImageResult.Precondition(HttpContext);

    /// <summary>Reads <c>inclAdminFields</c>.</summary>
    /// <exception cref="Domain.Errors.ImgApiException"><c>InvalidParameter</c>, <c>UnauthorizedError</c>.</exception>
    private protected bool AdminFields(string? parameter)
    {
        var wanted = Parameters.Boolean("inclAdminFields", parameter) ?? false;
        return wanted && !IsTrusted
            ? throw new Domain.Errors.ImgApiException(
                Domain.Errors.ErrorCode.Unauthorized, "Unauthorized (auth required to use \"inclAdminFields\" parameter)")
            : wanted;
    }
}
