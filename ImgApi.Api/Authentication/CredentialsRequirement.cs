using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Authentication;

/// <summary>The credentials that a kind of route demands (contract 7.1), for each value of <c>readAuth</c>.</summary>
internal sealed record CredentialsRequirement(Demand Open, Demand Private, Demand All) : IAuthorizationRequirement
{
    public static IReadOnlyDictionary<string, CredentialsRequirement> ByPolicy { get; } = new Dictionary<string, CredentialsRequirement>
    {
        [Policies.Write] = new(Demand.Required, Demand.Required, Demand.Required),
        [Policies.Read] = new(Demand.OptionalButValid, Demand.OptionalButValid, Demand.Required),
        [Policies.Content] = new(Demand.Ignored, Demand.OptionalButValid, Demand.Required),
        [Policies.Job] = new(Demand.Ignored, Demand.OptionalButValid, Demand.OptionalButValid),
        [Policies.Metrics] = new(Demand.OptionalButValid, Demand.Required, Demand.Required),
        [Policies.Ping] = new(Demand.OptionalButValid, Demand.OptionalButValid, Demand.OptionalButValid),
    };

    public Demand On(ServerConfiguration configuration) => configuration switch
    {
        { Authentication: AuthenticationKind.None } => Demand.Ignored,
        { ReadAccess: ReadAccess.All } => All,
        { ReadAccess: ReadAccess.Private } => Private,
        _ => Open,
    };

    /// <summary>Whether a caller, whose credentials are not wrong, may do what the policy guards.</summary>
    public static bool Permits(string policy, Caller caller, ServerConfiguration configuration) =>
        caller.User is not null || ByPolicy[policy].On(configuration) != Demand.Required;

    /// <summary>Checks credentials, unless the route ignores them.</summary>
    internal sealed class Handler(ServerConfiguration configuration, IHttpContextAccessor accessor)
        : AuthorizationHandler<CredentialsRequirement>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, CredentialsRequirement requirement)
        {
            var demand = requirement.On(configuration);
            if (demand == Demand.Ignored)
            {
                context.Succeed(requirement);
                return;
            }

            var http = accessor.HttpContext!;
            MarkForCaches(http);
            var result = await http.AuthenticateAsync();
            http.User = result.Principal ?? http.User;
            if (result.Failure is null && (demand == Demand.OptionalButValid || result.Succeeded))
            {
                context.Succeed(requirement);
            }
        }

        /// <summary>Keeps shared caches from giving one caller's answer to another. Not all of them respect <c>Vary</c>.</summary>
        private static void MarkForCaches(HttpContext http)
        {
            Vary.By(http.Response, HeaderNames.Authorization);
            if (http.Request.Headers.Authorization.Count > 0)
            {
                http.Response.Headers.CacheControl = "private";
            }
        }
    }
}

/// <summary>The credentials that a route demands.</summary>
internal enum Demand
{
    /// <summary>Credentials are not checked.</summary>
    Ignored,

    /// <summary>Credentials may be missing, but not wrong.</summary>
    OptionalButValid,

    /// <summary>Credentials must be present and right.</summary>
    Required,
}
