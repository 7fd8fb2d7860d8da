using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Authentication;

/// <summary>HTTP Basic against the configured users (contract 7.2). Refusals carry the contract's JSON body.</summary>
internal sealed class BasicAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, UserDirectory users)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme, and its word in the header.</summary>
    public const string SchemeName = "Basic";

    private const string Unauthorized = "Unauthorized";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (!TryReadCredentials(header, out var name, out var password))
        {
            return Task.FromResult(AuthenticateResult.Fail("not well-formed Basic credentials"));
        }

        // The same text for an unknown user and a wrong password, so that names cannot be tried out.
        return Task.FromResult(users.IsValid(name, password)
            ? AuthenticateResult.Success(Ticket(name))
            : AuthenticateResult.Fail("Invalid username/password combination"));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = "Basic realm=\"imgapi\", charset=\"UTF-8\"";
        await ErrorWriter.WriteAsync(
            Context, new ImgApiException(ErrorCode.Unauthorized, result.Failure is null ? Unauthorized : result.Failure.Message));
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private static bool TryReadCredentials(string header, out string name, out string password)
    {
        name = password = "";
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !header.AsSpan(0, space).Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = header.AsSpan(space + 1).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var count))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (name, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }

    private AuthenticationTicket Ticket(string name) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name)), Scheme.Name);
}
