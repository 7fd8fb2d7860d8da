using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ImgApi.Api.Authentication;

/// <summary>Registers schemes and policies.</summary>
internal static class AuthenticationServices
{
    /// <summary>Adds what authenticates and authorises callers.</summary>
    public static IServiceCollection AddImgApiAuthentication(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<IAuthorizationHandler, CredentialsRequirement.Handler>();
        services.AddAuthentication(BasicAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BasicAuthenticationHandler>(BasicAuthenticationHandler.SchemeName, _ => { });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Write, policy => policy.AddRequirements(new CredentialsRequirement(Compulsory: true)))
            .AddPolicy(Policies.Read, policy => policy.AddRequirements(new CredentialsRequirement(Compulsory: false)));
        return services;
    }
}
