using ImgApi.Api.Configuration;
using ImgApi.Api.Logging;
using ImgApi.Domain.Access;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Storage;

namespace ImgApi.Api.Hosting;

/// <summary>What happens before the first request is taken.</summary>
internal static class StartUp
{
    /// <summary>Opens and repairs the data folder, reads the keys of the users, and warns of what deserves attention.</summary>
    /// <exception cref="Infrastructure.FileSystem.Layout.DataFolderException">The folder is in use, or cannot be written.</exception>
    /// <exception cref="IOException">The keys of the users, or the certificate, cannot be read.</exception>
    public static void Open(IServiceProvider services)
    {
        services.GetRequiredService<IImageRepository>();
        services.GetRequiredService<IJobStore>();
        var configuration = services.GetRequiredService<ServerConfiguration>();
        if (configuration.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            services.GetRequiredService<IUserKeys>();
        }

        if (configuration.Tls is not null)
        {
            services.GetRequiredService<ServerCertificate>();
        }

        Warn(services.GetRequiredService<ILoggerFactory>().CreateLogger(LogLevels.OperatorNotices), configuration);
    }

    /// <summary>Logs what deserves attention in a configuration.</summary>
    /// <param name="logger">A logger of the category <see cref="LogLevels.OperatorNotices"/>.</param>
    /// <param name="configuration">The configuration.</param>
    public static void Warn(ILogger logger, ServerConfiguration configuration)
    {
        foreach (var warning in ConfigurationWarnings.Of(configuration))
        {
            OperatorLog.Warning(logger, warning);
        }
    }
}
