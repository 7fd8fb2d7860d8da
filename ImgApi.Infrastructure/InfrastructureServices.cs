using ImgApi.Domain.Access;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;
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
    /// Registers <see cref="IImageRepository"/>, <see cref="IContentStore"/>, <see cref="IJobStore"/>, <see cref="IDamageStore"/>,
    /// <see cref="IStorageProbe"/>, <see cref="IImageActivity"/>, <see cref="IHeadUnpacker"/> and <see cref="CatalogueLoadReport"/> over a data folder, unless they are registered already. The
    /// folder is opened, repaired and read when one of the first and
    /// the last is first resolved, which a server should do at its start: it fails with
    /// <see cref="DataFolderException"/> if the folder is in use or cannot be written.
    /// </summary>
    /// <param name="services">The services; logging has to be among them. Without <see cref="ServerRules"/> and <see cref="DiskSpaceRules"/> the default ones are used.</param>
    /// <param name="dataFolder">Path of the data folder; made if it is missing.</param>
    public static IServiceCollection AddImgApiInfrastructure(this IServiceCollection services, string dataFolder)
    {
        services.TryAddSingleton(_ => DataFolder.Open(dataFolder));
        services.TryAddSingleton(new ServerRules());
        services.TryAddSingleton(new IndexRules());
        services.TryAddSingleton(new DiskSpaceRules());
        services.TryAddSingleton<FactsFile>();
        services.TryAddSingleton<ImageMoves>();
        services.TryAddSingleton<ImageFolders>();
        services.TryAddSingleton<DiskSpace>();
        services.TryAddSingleton<Md5Cache>();
        services.TryAddSingleton(OpenRepository);
        services.TryAddSingleton<IImageRepository>(provider => provider.GetRequiredService<FileSystemImageRepository>());
        services.TryAddSingleton(provider => provider.GetRequiredService<FileSystemImageRepository>().LoadReport);
        services.TryAddSingleton<IContentStore, FileSystemContentStore>();
        services.TryAddSingleton<IDamageStore>(provider => new DamageFile(
            provider.GetRequiredService<DataFolder>().Root, provider.GetRequiredService<ILogger<DamageFile>>()));
        services.TryAddSingleton<IStorageProbe, DataFolderProbe>();
        services.TryAddSingleton<IImageActivity, FolderActivity>();
        services.TryAddSingleton<IJobStore, FileSystemJobStore>();
        services.TryAddSingleton<IHeadUnpacker, HeadUnpacker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexWriteService>());
        return services;
    }

    /// <summary>
    /// Registers <see cref="IUserKeys"/> and <see cref="IUserPasswords"/>. The keys are read when the former is first resolved,
    /// which a server that uses them should do at its start: it fails with <see cref="IOException"/> if they cannot be read.
    /// </summary>
    /// <param name="services">The services; logging and <see cref="TimeProvider"/> have to be among them.</param>
    /// <param name="keys">Where public keys come from.</param>
    /// <param name="passwords">What is stored of each user's password: itself, or a <see cref="PasswordHash"/>.</param>
    public static IServiceCollection AddImgApiSecurity(
        this IServiceCollection services, KeySources keys, IEnumerable<KeyValuePair<string, string>> passwords)
    {
        services.AddSingleton(keys);
        services.AddSingleton<IUserKeys, UserKeys>();
        services.AddSingleton<IUserPasswords>(_ => new UserPasswords(passwords));
        return services;
    }

    /// <summary>Registers <see cref="IRemoteImages"/>, unless it is registered already; a <see cref="TimeProvider"/> has to be among the services.</summary>
    public static IServiceCollection AddRemoteImages(this IServiceCollection services, RemoteOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<IRemoteImages, RemoteImages>();
        return services;
    }

    /// <summary>What was loaded is handed over, not registered: nothing should keep the images of the start in memory.</summary>
    private static FileSystemImageRepository OpenRepository(IServiceProvider provider)
    {
        var loaded = ActivatorUtilities.CreateInstance<CatalogueLoader>(provider).Load();
        return ActivatorUtilities.CreateInstance<FileSystemImageRepository>(provider, loaded);
    }
}
