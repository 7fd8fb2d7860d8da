using ImgApi.Api.Configuration;
using ImgApi.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Authentication;

/// <summary>What a kind of route demands of a caller's credentials (contract 7.1), by the configured access to reads.</summary>
/// <param name="Open">With <c>readAuth</c> open, as in the contract.</param>
/// <param name="Private">Where private images are shown to known callers only.</param>
/// <param name="All">Where reads need credentials.</param>
internal sealed record CredentialsRequirement(Demand Open, Demand Private, Demand All) : IAuthorizationRequirement
{
    /// <summary>The requirement of each policy.</summary>
    public static IReadOnlyDictionary<string, CredentialsRequirement> ByPolicy { get; } = new Dictionary<string, CredentialsRequirement>
    {
        [Policies.Write] = new(Demand.Right, Demand.Right, Demand.Right),
        [Policies.Read] = new(Demand.NoneWrong, Demand.NoneWrong, Demand.Right),
        [Policies.Content] = new(Demand.Nothing, Demand.NoneWrong, Demand.Right),
        [Policies.Job] = new(Demand.Nothing, Demand.NoneWrong, Demand.NoneWrong),
        [Policies.Figures] = new(Demand.NoneWrong, Demand.Right, Demand.Right),
        [Policies.Ping] = new(Demand.NoneWrong, Demand.NoneWrong, Demand.NoneWrong),
    };

    /// <summary>What is demanded on a server. With authentication switched off nothing is.</summary>
    public Demand On(ServerConfiguration configuration) => configuration switch
    {
        { Authentication: AuthenticationKind.None } => Demand.Nothing,
        { ReadAccess: ReadAccess.All } => All,
        { ReadAccess: ReadAccess.Private } => Private,
        _ => Open,
    };

    /// <summary>Looks at the credentials of a request where they are demanded, and nowhere else.</summary>
    internal sealed class Handler(ServerConfiguration configuration, IHttpContextAccessor accessor)
        : AuthorizationHandler<CredentialsRequirement>
    {
        /// <inheritdoc/>
        protected override async Task HandleRequirementAsync(
            AuthorizationHandlerContext context, CredentialsRequirement requirement)
        {
            var demand = requirement.On(configuration);
            if (demand == Demand.Nothing)
            {
                context.Succeed(requirement);
                return;
            }

            var http = accessor.HttpContext!;
            MarkForCaches(http);
            var result = await http.AuthenticateAsync();
            http.User = result.Principal ?? http.User;
            if (result.Failure is null && (demand == Demand.NoneWrong || result.Succeeded))
            {
                context.Succeed(requirement);
            }
        }

        /// <summary>Keeps shared caches from giving one caller's answer to another: not all of them heed <c>Vary</c>.</summary>
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
