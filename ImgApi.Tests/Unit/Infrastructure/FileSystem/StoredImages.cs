using ImgApi.Domain.Audit;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Notifications;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>The server's stores over a temporary data folder.</summary>
internal sealed class StoredImages : IDisposable
{
    private ServiceProvider _services;

    public StoredImages()
    {
        _services = Open();
    }

    public TemporaryFolder Folder { get; } = new();

    public IImageRepository Repository => _services.GetRequiredService<IImageRepository>();

    public IContentStore Content => _services.GetRequiredService<IContentStore>();

    public IUploadStore Uploads => _services.GetRequiredService<IUploadStore>();

    public IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public IWebhookProgress Progress => _services.GetRequiredService<IWebhookProgress>();

    public CatalogueLoadReport Report => _services.GetRequiredService<CatalogueLoadReport>();

    /// <summary>Closes and reopens the stores, as a restart does, and changes the folder in between.</summary>
    public void Restart(Action? meanwhile = null)
    {
        _services.Dispose();
        meanwhile?.Invoke();
        _services = Open();
    }

    /// <summary>Reopens the stores as a start does after the process was killed.</summary>
    public void Kill()
    {
        _services.GetRequiredService<DataFolder>().Dispose();
        _services = Open();
    }

    public string PathOf(Uuid uuid, params string[] names) => Folder.Combine([uuid.ToString(), .. names]);

    public string ReadManifest(Uuid uuid) => File.ReadAllText(PathOf(uuid, "manifest.json"));

    public Task<Image> AddAsync(ImageBuilder image) => Repository.AddAsync(image.Build(), WriteConditions.None, CancellationToken.None);

    public async Task<Image> ChangeAsync(Uuid uuid, Func<Image, Image> change) =>
        (await Repository.ChangeAsync(uuid, change, CancellationToken.None)).After;

    public Task<Image> RenameAsync(Uuid uuid, string name) => ChangeAsync(uuid, image => Renamed(image, name));

    public async Task<Image> GetAsync(Uuid uuid) =>
        await Repository.FindAsync(uuid, CancellationToken.None) ?? throw new AssertionException($"There is no image {uuid}.");

    /// <summary>Stores bytes and attaches them as the image's file.</summary>
    public async Task<ImageFile> UploadAsync(Uuid uuid, byte[] bytes)
    {
        await using var writer = await Content.CreateAsync(uuid, new ContentName(ContentKind.File, "gzip"), bytes.Length, CancellationToken.None);
        await writer.WriteAsync(bytes, CancellationToken.None);
        var key = await writer.CommitAsync(CancellationToken.None);
        var file = ImageBuilder.SomeFile() with { Size = bytes.Length, Content = key, Sha1 = Convert.ToHexStringLower(Sha1(bytes)) };
        await ChangeAsync(uuid, image => image.AttachFile(file));
        return file;
    }

    public static Image Renamed(Image image, string name) =>
        image.Update(new ImageChange(image.Uuid, image.Details with { Name = name }, image.Label, image.File));

    public static Image Moved(Image image, Uuid to) =>
        image.Update(new ImageChange(to, image.Details, image.Label, image.File));

    public void Dispose()
    {
        _services.Dispose();
        Folder.Dispose();
    }

#pragma warning disable CA5350 // manifests contain SHA-1
    private static byte[] Sha1(byte[] bytes) => System.Security.Cryptography.SHA1.HashData(bytes);
#pragma warning restore CA5350

    /// <summary>Resolves the repository, because the server reads the folder when it starts.</summary>
    private ServiceProvider Open()
    {
        var services = new ServiceCollection().AddLogging().AddImgApiInfrastructure(Folder.Path).BuildServiceProvider();
        services.GetRequiredService<IImageRepository>();
        return services;
    }
}
