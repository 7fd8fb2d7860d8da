namespace ImgApi.Api.Authentication;

/// <summary>
/// The right that an action demands, in addition to credentials: every action with the policy <see cref="Policies.Write"/> names one. Roles that
/// lack the right are refused before the body is read, whether the image exists or not.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(Right right) : AuthorizeAttribute(Policies.Write), IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Right Right => right;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    /// <summary>Runs after the handler of <see cref="CredentialsRequirement"/>, which finds out who the user is.</summary>
    internal sealed class Handler(ServerConfiguration configuration, IHttpContextAccessor accessor) : AuthorizationHandler<NeedsAttribute>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsAttribute requirement)
        {
            var actor = Caller.Of(accessor.HttpContext!.User, configuration).Actor;
            if (actor.Role is not null)
            {
                actor.Ensure(requirement.Right);
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
