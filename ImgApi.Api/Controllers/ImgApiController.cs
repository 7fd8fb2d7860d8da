using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Api.Wire;
using ImgApi.Domain.Images;
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
        IsAuthenticated || HttpContext.RequestServices.GetRequiredService<ServerRules>().TrustsAnonymous;

    /// <summary>Whether private images are kept from this caller (configuration key <c>readAuth</c>).</summary>
    private protected bool HidesPrivate =>
        !IsAuthenticated
        && HttpContext.RequestServices.GetRequiredService<ServerConfiguration>().ReadAccess != ReadAccess.Open;

    /// <summary>Ends when the client goes away.</summary>
    protected CancellationToken Cancellation => HttpContext.RequestAborted;

    /// <summary>Whom a read speaks for, and what is kept from this caller.</summary>
    private protected ImageScope ReadScope(string? account) => Parameters.Scope(account) with { HidesPrivate = HidesPrivate };

    /// <summary>200 with the image.</summary>
    private protected static IActionResult Manifest(Image image, bool admin = false) => new ImageResult(image, admin);

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
