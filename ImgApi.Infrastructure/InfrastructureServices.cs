using ImgApi.Domain.Access;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Notifications;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Retention;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Infrastructure.Remote;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Unpacking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure;

/// <summary>Registers the implementations of the domain's ports.</summary>
public static class InfrastructureServices
{
    /// <summary>
    /// Registers the stores over a data folder, unless they are registered already. The folder is opened, repaired and read when
    /// <see cref="IImageRepository"/> is first resolved, which a server should do at its start: it throws <see cref="DataFolderException"/> if the
    /// folder is in use or not writable. Logging must be registered; <see cref="ServerRules"/> and <see cref="DiskSpaceRules"/> may be.
    /// </summary>
    /// <param name="dataFolder">Path of the data folder, which is created if it is missing.</param>
    public static IServiceCollection AddImgApiInfrastructure(this IServiceCollection services, string dataFolder)
    {
        services.TryAddSingleton(_ => DataFolder.Open(dataFolder));
        services.TryAddSingleton(new ServerRules());
        services.TryAddSingleton(new IndexRules());
        services.TryAddSingleton(new DiskSpaceRules());
        services.TryAddSingleton(new AuditRules());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FactsFile>();
        services.TryAddSingleton<ImageMoves>();
        services.TryAddSingleton<ImageFolders>();
        services.TryAddSingleton<DiskSpace>();
        services.TryAddSingleton<Md5Cache>();
        services.TryAddSingleton<FileSystemAuditLog>();
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<FileSystemAuditLog>());
        services.TryAddSingleton(OpenRepository);
        services.TryAddSingleton<IImageRepository>(provider => provider.GetRequiredService<FileSystemImageRepository>());
        services.TryAddSingleton(provider => provider.GetRequiredService<FileSystemImageRepository>().LoadReport);
        services.TryAddSingleton<IContentStore, FileSystemContentStore>();
        services.TryAddSingleton<IDamageStore>(provider => new DamageFile(
            provider.GetRequiredService<DataFolder>().Root, provider.GetRequiredService<ILogger<DamageFile>>()));
        services.TryAddSingleton<IFetchStore, FetchFile>();
        services.TryAddSingleton<IStorageProbe, DataFolderProbe>();
        services.TryAddSingleton<IImageActivity, FolderActivity>();
        services.TryAddSingleton<IJobStore, FileSystemJobStore>();
        services.TryAddSingleton<FileSystemUploadStore>();
        services.TryAddSingleton<IUploadStore>(provider => provider.GetRequiredService<FileSystemUploadStore>());
        services.TryAddSingleton<IHeadUnpacker, HeadUnpacker>();
        services.TryAddSingleton<IWebhookProgress, WebhookProgressFile>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexWriteService>());
        return services;
    }

    /// <summary>
    /// Registers <see cref="IUserKeys"/> and <see cref="IUserPasswords"/>. The keys are read when the former is first resolved, which a server
    /// should do at its start: it throws <see cref="IOException"/> if they cannot be read. Logging and <see cref="TimeProvider"/> must be registered.
    /// </summary>
    /// <param name="keys">The sources of public keys.</param>
    /// <param name="passwords">The stored password of each user: itself, or a <see cref="PasswordHash"/>.</param>
    public static IServiceCollection AddImgApiSecurity(
        this IServiceCollection services, KeySources keys, IEnumerable<KeyValuePair<string, string>> passwords)
    {
        services.AddSingleton(keys);
        services.AddSingleton<IUserKeys, UserKeys>();
        services.AddSingleton<IUserPasswords>(_ => new UserPasswords(passwords));
        return services;
    }

    /// <summary>Registers <see cref="IRemoteImages"/> and <see cref="IWebhookSender"/>, unless it is registered already. <see cref="TimeProvider"/> must be registered.</summary>
    public static IServiceCollection AddRemoteImages(this IServiceCollection services, RemoteOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<RemoteServices>();
        services.TryAddSingleton<IWebhookSender, WebhookSender>();
        services.TryAddSingleton(provider => provider.GetRequiredService<RemoteServices>().Images);
        return services;
    }

    /// <summary>The loaded catalogue is not registered, since nothing should keep the images of the start in memory.</summary>
    private static FileSystemImageRepository OpenRepository(IServiceProvider provider)
    {
        var loaded = ActivatorUtilities.CreateInstance<CatalogueLoader>(provider).Load();
        provider.GetRequiredService<FileSystemAuditLog>().Open();
        return ActivatorUtilities.CreateInstance<FileSystemImageRepository>(provider, loaded);
    }
}
