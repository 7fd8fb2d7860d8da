using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Authenticates callers with the enabled scheme that handles their <c>Authorization</c> header. Logs and counts wrong credentials for all
/// schemes, and writes refusals as the contract's JSON body.
/// </summary>
internal sealed partial class CredentialsHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IEnumerable<ICredentialScheme> schemes,
    AttemptLimiter limiter)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>To the framework, this handler is one scheme.</summary>
    public const string SchemeName = "Credentials";

    private const string FetchMode = "Sec-Fetch-Mode";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // The contract demands the refusal of Signature, if that is enabled, for headers that no scheme handles.
        var scheme = schemes.FirstOrDefault(scheme => scheme.Handles(header)) ?? schemes.LastOrDefault();
        if (scheme is null)
        {
            return AuthenticateResult.NoResult(); // authType is none
        }

        var verdict = await scheme.CheckAsync(Context, header);
        if (verdict.Refusal is null)
        {
            return AuthenticateResult.Success(Ticket(verdict.User!));
        }

        if (!verdict.IsThrottled && scheme.IsThrottled && verdict.User is not null && !limiter.TryCount(ClientNetwork.Of(Context)))
        {
            verdict = Verdict.Throttle(verdict.User);
        }

        LogRefused(Logger, VisibleText.Cut(verdict.User), Context.Connection.RemoteIpAddress, VisibleText.Cut(verdict.Refusal));
        return AuthenticateResult.Fail(
            new ImgApiException(verdict.IsThrottled ? ErrorCode.TooManyRequests : ErrorCode.Unauthorized, verdict.Refusal!));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        var refusal = result.Failure as ImgApiException ?? Missing();
        if (refusal.Code == ErrorCode.TooManyRequests)
        {
            var seconds = Math.Max(1, Math.Ceiling(limiter.WaitOf(ClientNetwork.Of(Context)).TotalSeconds));
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            Vary.By(Response, FetchMode);
            Response.Headers.WWWAuthenticate = IsSentByScript() ? default : schemes.Select(scheme => scheme.Challenge).ToArray();
        }

        await ErrorWriter.WriteAsync(Context, refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private ImgApiException Missing() =>
        new(ErrorCode.Unauthorized, $"Unauthorized: this request needs {string.Join(", or ", schemes.Select(scheme => scheme.Description))}");

    /// <summary>
    /// Whether a script of a page sent the request. Then a challenge would make the browser open its login dialog over the page. Browsers send
    /// Sec-Fetch-Mode (W3C Fetch Metadata); curl and imgadm do not.
    /// </summary>
    private bool IsSentByScript() => Request.Headers[FetchMode].ToString() is { Length: > 0 } mode && mode != "navigate";

    private AuthenticationTicket Ticket(string name) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name)), Scheme.Name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "credentials refused: user {User}, address {Address}, reason {Reason}")]
    private static partial void LogRefused(ILogger logger, string user, System.Net.IPAddress? address, string reason);
}
