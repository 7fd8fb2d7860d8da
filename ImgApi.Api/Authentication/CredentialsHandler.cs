using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Authenticates callers with the enabled scheme that handles their <c>Authorization</c> header, or by their session. Logs wrong credentials,
/// and writes refusals as the contract's JSON body. A page that needs credentials becomes the sign-in.
/// </summary>
internal sealed class CredentialsHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IEnumerable<ICredentialScheme> schemes,
    SessionScheme sessions,
    CurrentConfiguration current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>To the framework, this handler is one scheme.</summary>
    public const string SchemeName = "Credentials";

    private const string FetchMode = "Sec-Fetch-Mode";

    public static ClaimsPrincipal PrincipalOf(string user, Role role) => new(new ClaimsIdentity(Caller.ClaimsOf(user, role), SchemeName));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var before = current.Value;
        if (await CheckAsync(Request.Headers.Authorization.ToString()) is not { } verdict)
        {
            return AuthenticateResult.NoResult();
        }

        if (verdict.Refusal is not null)
        {
            return AuthenticateResult.Fail(verdict.Error);
        }

        // If the configuration was reloaded meanwhile, the lower role counts.
        var (user, roles) = (verdict.User!, new[] { before, current.Value }.Select(one => one.RoleOf(verdict.User!)));
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(user, roles.Min()), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        var refusal = result.Failure as ImgApiException ?? Missing();
        if (IsForPage && Request.Headers.Authorization.Count == 0 && current.Value.OffersSignIn)
        {
            Response.Redirect(ReturnAddress.SignIn(Context));
            return;
        }

        if (refusal.Code != ErrorCode.TooManyRequests)
        {
            Vary.By(Response, FetchMode);
            Response.Headers.WWWAuthenticate = IsSentByScript() ? default : schemes.Select(scheme => scheme.Challenge).ToArray();
        }

        await ErrorWriter.WriteAsync(Context, refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private bool IsForPage => Preconditions.IsRead(Request) && Context.Features.Get<IErrorPage>() is not null;

    /// <summary>Null if there are no credentials that this server checks.</summary>
    private async ValueTask<Verdict?> CheckAsync(string header)
    {
        if (header.Length == 0)
        {
            return Browsers.IsPageRead(Request) ? sessions.CheckPage(Context) : null;
        }

        if (SessionScheme.Handles(header))
        {
            return sessions.Check(Context, header);
        }

        // The contract demands the refusal of Signature, if that is enabled, for headers that no scheme handles.
        if ((schemes.FirstOrDefault(scheme => scheme.Handles(header)) ?? schemes.LastOrDefault()) is not { } scheme)
        {
            return null; // authType is none
        }

        var verdict = await scheme.CheckAsync(Context, header);
        if (verdict.Refusal is not null)
        {
            RefusalLog.Write(Logger, Context, verdict);
        }

        return verdict;
    }

    private ImgApiException Missing() =>
        new(ErrorCode.Unauthorized, $"Unauthorized: this request needs {string.Join(", or ", schemes.Select(scheme => scheme.Description))}");

    /// <summary>
    /// Whether a script of a page sent the request. Then a challenge would make the browser open its login dialog over the page. Browsers send
    /// Sec-Fetch-Mode (W3C Fetch Metadata); curl and imgadm do not.
    /// </summary>
    private bool IsSentByScript() =>
        (Request.Headers[FetchMode].ToString() is { Length: > 0 } mode && mode != "navigate") || SessionScheme.Handles(Request.Headers.Authorization.ToString());
}
