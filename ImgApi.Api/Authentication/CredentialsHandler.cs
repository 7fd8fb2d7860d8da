using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ImgApi.Api.Http;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Finds out who sends a request, by the enabled way whose word the <c>Authorization</c> header begins with. Wrong
/// credentials are logged and counted here, whatever the way; refusals carry the contract's JSON body.
/// </summary>
internal sealed partial class CredentialsHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IEnumerable<ICredentialScheme> schemes,
    AttemptLimiter limiter)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the framework's one scheme.</summary>
    public const string SchemeName = "Credentials";

    private const string FetchMode = "Sec-Fetch-Mode";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // What no way takes is for the last one to refuse: that is Signature where it is enabled, as the contract has it.
        var scheme = schemes.FirstOrDefault(scheme => scheme.Takes(header)) ?? schemes.LastOrDefault();
        if (scheme is null)
        {
            return AuthenticateResult.NoResult(); // nothing is asked on this server
        }

        var verdict = await scheme.CheckAsync(Context, header);
        if (verdict.Refusal is null)
        {
            return AuthenticateResult.Success(Ticket(verdict.User!));
        }

        if (!verdict.IsUntried && scheme.CanBeGuessed && verdict.User is not null && !limiter.TryCount(ClientNetwork.Of(Context)))
        {
            verdict = Verdict.Untried(verdict.User);
        }

        LogRefused(Logger, VisibleText.Cut(verdict.User), Context.Connection.RemoteIpAddress, VisibleText.Cut(verdict.Refusal));
        return AuthenticateResult.Fail(
            new ImgApiException(verdict.IsUntried ? ErrorCode.TooManyRequests : ErrorCode.Unauthorized, verdict.Refusal!));
    }

    /// <inheritdoc/>
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
            Response.Headers.WWWAuthenticate = IsFetchOfPage() ? default : schemes.Select(scheme => scheme.Challenge).ToArray();
        }

        await ErrorWriter.WriteAsync(Context, refusal);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private ImgApiException Missing() =>
        new(ErrorCode.Unauthorized, $"Unauthorized: this request needs {string.Join(", or ", schemes.Select(scheme => scheme.Description))}");

    /// <summary>
    /// Whether a script of a page asks: at a challenge the browser would open its own login box over the page. Browsers say so in
    /// Sec-Fetch-Mode (W3C Fetch Metadata); curl and imgadm do not send it.
    /// </summary>
    private bool IsFetchOfPage() => Request.Headers[FetchMode].ToString() is { Length: > 0 } mode && mode != "navigate";

    private AuthenticationTicket Ticket(string name) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name)), Scheme.Name);

    [LoggerMessage(
        EventId = 1,
        EventName = "CredentialsRefused",
        Level = LogLevel.Warning,
        Message = "credentials refused: user {User}, address {Address}, reason {Reason}")]
    private static partial void LogRefused(ILogger logger, string user, System.Net.IPAddress? address, string reason);
}
