using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Web.SignIn;

/// <summary>
/// Signs users in and out. The forms carry antiforgery tokens: another site can neither sign a user out, nor sign a user in under another
/// name without being noticed.
/// </summary>
[AllowAnonymous]
internal sealed class SignInController(
    PasswordCheck passwords, BrowserSessions sessions, CurrentConfiguration configuration, IAntiforgery antiforgery, ILogger<SignInController> logger)
    : PageController
{
    private const int MaxForm = 16 * 1024;

    /// <summary>A server without passwords has no sign-in.</summary>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (!configuration.Value.OffersSignIn)
        {
            throw ImgApiException.NotFound($"{Request.Path} does not exist");
        }
    }

    [HttpRead("/ui/sign-in", Name = "SignInPage")]
    public IActionResult Show([FromQuery(Name = ReturnAddress.Parameter)] string? address)
    {
        var hasEnded = SessionCookie.IdOf(HttpContext) is { } id && sessions.Use(id) is null;
        return Form(address, hasEnded ? "Your session has ended. Please sign in again." : null);
    }

    [HttpPost("/ui/sign-in", Name = "SignIn")]
    [RequestSizeLimit(MaxForm)]
    public async Task<IActionResult> SignIn([FromQuery(Name = ReturnAddress.Parameter)] string? address)
    {
        var form = await ReadFormAsync();
        var name = form["name"].ToString();
        if (!await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return Form(address, "The form had expired. Please sign in again.", name, StatusCodes.Status400BadRequest);
        }

        // Before the check: if the password is changed meanwhile, the session has the old one, and has ended.
        var user = configuration.Value.Users.FirstOrDefault(user => user.Name == name);
        var verdict = await passwords.CheckAsync(HttpContext, name, form["password"].ToString());
        if (verdict.Refusal is not null || user is null)
        {
            return Refused(address, name, verdict);
        }

        EndSession();
        SessionCookie.Set(HttpContext, sessions.Begin(user));
        HttpContext.User = CredentialsHandler.PrincipalOf(user.Name, user.Role);
        return LocalRedirect("~" + ReturnAddress.Checked(address));
    }

    [HttpPost("/ui/sign-out", Name = "SignOut")]
    [RequestSizeLimit(MaxForm)]
    public async Task<IActionResult> Leave()
    {
        await ReadFormAsync();
        if (SessionCookie.IdOf(HttpContext) is not { } id)
        {
            // Perhaps another site made the browser send the request without its cookies. Deleting them would sign the user out.
            return LocalRedirect("~" + ReturnAddress.Start);
        }

        if (sessions.Use(id) is { } session)
        {
            HttpContext.User = CredentialsHandler.PrincipalOf(session.User.Name, session.User.Role);
            if (!await antiforgery.IsRequestValidAsync(HttpContext))
            {
                throw new ImgApiException(ErrorCode.BadRequest, "the request to sign out did not come from a page of this server");
            }
        }

        sessions.End(id);
        SessionCookie.Delete(HttpContext);
        return LocalRedirect("~" + ReturnAddress.Start);
    }

    private async Task<IFormCollection> ReadFormAsync()
    {
        try
        {
            return Request.HasFormContentType
                ? await Request.ReadFormAsync(Cancellation)
                : throw new ImgApiException(ErrorCode.BadRequest, "the body must be a form");
        }
        catch (InvalidDataException bad)
        {
            throw new ImgApiException(ErrorCode.BadRequest, "the form is not well-formed", inner: bad);
        }
    }

    private void EndSession()
    {
        if (SessionCookie.IdOf(HttpContext) is { } id)
        {
            sessions.End(id);
        }
    }

    private ViewResult Refused(string? address, string name, Verdict verdict)
    {
        RefusalLog.Write(logger, HttpContext, verdict);
        if (verdict.RetryAfter is not { } wait)
        {
            return Form(address, verdict.Refusal, name, StatusCodes.Status401Unauthorized);
        }

        var seconds = RetryAfter.Set(Response, wait);
        return Form(address, $"{verdict.Refusal}; try again in {Count.Of(seconds, "second")}", name, StatusCodes.Status429TooManyRequests);
    }

    private ViewResult Form(string? address, string? message, string name = "", int status = StatusCodes.Status200OK)
    {
        Response.StatusCode = status;
        return View("SignIn", new SignInForm(ReturnAddress.Checked(address), message, name));
    }
}
