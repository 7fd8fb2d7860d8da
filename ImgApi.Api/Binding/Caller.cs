using System.Security.Claims;

namespace ImgApi.Api.Binding;

/// <summary>The sender of a request, as far as answers depend on it. Actions take it as a parameter, see <see cref="WireBinder"/>.</summary>
/// <param name="User">Name of the authenticated user; null for other callers, and with authentication switched off.</param>
/// <param name="IsTrusted">Whether the caller may see what anonymous callers may not (contract 6.6, 0.1).</param>
/// <param name="HidesPrivate">Whether private images are hidden from the caller (configuration key <c>readAuth</c>).</param>
internal sealed record Caller(string? User, bool IsTrusted, bool HidesPrivate)
{
    public static Caller Of(ClaimsPrincipal user, ServerConfiguration configuration)
    {
        var name = configuration.Authentication == AuthenticationKind.None || user.Identity?.IsAuthenticated != true ? null : user.Identity.Name;
        return new Caller(
            name, name is not null || configuration.Rules.TrustsAnonymous, name is null && configuration.ReadAccess != ReadAccess.Open);
    }
}
