using ImgApi.Infrastructure;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Authentication;

/// <summary>Registers authentication and authorization.</summary>
internal static class AuthenticationServices
{
    public static IServiceCollection AddImgApiAuthentication(this IServiceCollection services, ServerConfiguration configuration)
    {
        services.AddImgApiSecurity(
            new KeySources(configuration.Keys, configuration.KeyFolder),
            configuration.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        services.AddHttpContextAccessor();
        services.AddSingleton<AttemptLimiter>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<SessionScheme>();
        // The last enabled scheme refuses headers that no scheme handles, see CredentialsHandler.
        if (configuration.HasPasswords)
        {
            services.AddSingleton<ICredentialScheme, BasicScheme>();
        }

        if (configuration.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            services.AddSingleton<ICredentialScheme, SignatureScheme>();
        }

        services.AddSingleton<IAuthorizationHandler, CredentialsRequirement.Handler>();
        services.AddSingleton<IAuthorizationHandler, NeedsAttribute.Handler>();

        // AddAuthentication would add key storage, which writes files into the home folder.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = CredentialsHandler.SchemeName;
            authentication.AddScheme<CredentialsHandler>(CredentialsHandler.SchemeName, displayName: null);
        });
        services.AddTransient<CredentialsHandler>();
        services.AddWebEncoders();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var (policy, requirement) in CredentialsRequirement.ByPolicy)
        {
            authorization.AddPolicy(policy, built => built.AddRequirements(requirement));
        }

        return services;
    }
}
