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
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CredentialsRequirement requirement)
        {
            var result = accessor.HttpContext?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
            var isFree = configuration.Authentication == AuthenticationKind.None;
            if (isFree || (result?.Failure is null && (!requirement.Compulsory || result?.Succeeded == true)))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
