using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;

namespace ImgApi.Api.Hosting;

/// <summary>What happens before the first request is taken.</summary>
internal static partial class StartUp
{
    /// <summary>Opens and repairs the data folder, reads the keys of the users, and tells the operator what deserves attention.</summary>
    /// <exception cref="Infrastructure.FileSystem.DataFolderException">The folder is in use, or cannot be written.</exception>
    /// <exception cref="IOException">The keys of the users, or the certificate, cannot be read.</exception>
    public static void Open(IServiceProvider services)
    {
        services.GetRequiredService<IImageRepository>();
        services.GetRequiredService<IJobStore>();
        var configuration = services.GetRequiredService<ServerConfiguration>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StartUp).FullName!);
        if (configuration.Authentication.HasFlag(AuthenticationKind.Signature))
        {
            services.GetRequiredService<IUserKeys>();
        }

        if (configuration.Tls is not null)
        {
            services.GetRequiredService<ServerCertificate>();
        }

        if (configuration.Users.Count(user => !user.IsHashed) is > 0 and var count)
        {
            LogClearPasswords(logger, count);
        }

        foreach (var unused in CredentialSettings.Unused(configuration))
        {
            LogUnused(logger, unused);
        }

        if (configuration.Authentication == AuthenticationKind.None)
        {
            LogNoAuthentication(logger);
        }
        else if (configuration.Users.Count == 0 && !configuration.HasKeys)
        {
            LogNobody(logger, configuration.ReadAccess switch
            {
                ReadAccess.All => "read or change anything",
                ReadAccess.Private => "change images, or read private ones",
                _ => "change images",
            });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the passwords of {Count} users are in clear text in the configuration; imgapi hash-password makes hashes")]
    private static partial void LogClearPasswords(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    private static partial void LogUnused(ILogger logger, string notice);

    [LoggerMessage(Level = LogLevel.Warning, Message = "authType is none: everyone who reaches this server may change its images")]
    private static partial void LogNoAuthentication(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "there are neither users nor keys: nobody may {What}")]
    private static partial void LogNobody(ILogger logger, string what);
}
