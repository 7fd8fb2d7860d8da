using ImgApi.Api.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ImgApi.Api.Authentication;

/// <summary>What a route demands of a caller's credentials (contract 7.1).</summary>
/// <param name="Compulsory">Whether a caller without any is refused; wrong ones always are.</param>
internal sealed record CredentialsRequirement(bool Compulsory) : IAuthorizationRequirement
{
    /// <summary>Decides. With authentication switched off nothing is demanded, and nothing looked at.</summary>
    internal sealed class Handler(ServerConfiguration configuration, IHttpContextAccessor accessor)
        : AuthorizationHandler<CredentialsRequirement>
    {
        /// <inheritdoc/>
        protected override async Task HandleRequirementAsync(
            AuthorizationHandlerContext context, CredentialsRequirement requirement)
        {
            if (configuration.Authentication == AuthenticationKind.None)
            {
                context.Succeed(requirement);
                return;
            }

            var result = await accessor.HttpContext!.AuthenticateAsync();
            if (result.Failure is null && (!requirement.Compulsory || result.Succeeded))
            {
                context.Succeed(requirement);
            }
        }
    }
}
