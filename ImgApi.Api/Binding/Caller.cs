using System.Security.Claims;

namespace ImgApi.Api.Binding;

/// <summary>The sender of a request, as far as answers depend on it. Actions take it as a parameter, see <see cref="WireBinder"/>.</summary>
/// <param name="User">Name of the authenticated user; null for other callers, and with authentication switched off.</param>
/// <param name="IsTrusted">Whether the caller may see what anonymous callers may not (contract 6.6, 0.1).</param>
/// <param name="HidesPrivate">Whether private images are hidden from the caller (configuration key <c>readAuth</c>).</param>
/// <param name="Actor">The user with the role; everyone may do everything with authentication switched off.</param>
internal sealed record Caller(string? User, bool IsTrusted, bool HidesPrivate, Actor Actor)
{
    public static Caller Of(ClaimsPrincipal user, ServerConfiguration configuration)
    {
        var actor = ActorOf(user, configuration);
        return new Caller(
            actor.User, actor.User is not null || configuration.Rules.TrustsAnonymous,
            configuration.ReadAccess != ReadAccess.Open && !actor.May(Right.Read), actor);
    }

    /// <summary>The claims of an authenticated user.</summary>
    public static Claim[] ClaimsOf(string user, Role role) => [new(ClaimTypes.Name, user), new(ClaimTypes.Role, role.ToString())];

    private static Actor ActorOf(ClaimsPrincipal user, ServerConfiguration configuration) =>
        configuration.Authentication == AuthenticationKind.None ? new Actor(User: null, Role.Admin)
        : user.Identity?.IsAuthenticated == true ? new Actor(user.Identity.Name, Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!))
        : Actor.Stranger;
}
