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

        // Only the core: the usual registration brings key storage along, which would write files into the home folder.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = BasicAuthenticationHandler.SchemeName;
            authentication.AddScheme<BasicAuthenticationHandler>(BasicAuthenticationHandler.SchemeName, displayName: null);
        });
        services.AddTransient<BasicAuthenticationHandler>();
        services.AddWebEncoders();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Write, policy => policy.AddRequirements(new CredentialsRequirement(Compulsory: true)))
            .AddPolicy(Policies.Read, policy => policy.AddRequirements(new CredentialsRequirement(Compulsory: false)));
        return services;
    }
}
