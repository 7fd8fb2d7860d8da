using System.Text;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>A data folder on which servers start and stop one after the other.</summary>
internal sealed class IndexedFolder(string? path = null) : IDisposable
{
    /// <summary>A minimum age that lets images be entered which changed just now.</summary>
    public static readonly TimeSpan AnyAge = TimeSpan.FromHours(-1);

    private readonly TemporaryFolder _folder = new();

    public string Path => path ?? _folder.Path;

    public string Index => Combine(FileNames.Index);

    public string Combine(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Manifest(Uuid uuid) => Combine(uuid.ToString(), FileNames.Manifest);

    /// <summary>Starts, writes the index, calls <paramref name="use"/>, and stops.</summary>
    public async Task<Start> StartAsync(Func<IServiceProvider, Task>? use = null, TimeSpan? minAge = null, ServerRules? rules = null)
    {
        using var log = new LogRecorder();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        services.AddSingleton(rules ?? new ServerRules()).AddSingleton(new IndexRules { MinAge = minAge ?? AnyAge });
        await using var provider = services.AddImgApiInfrastructure(Path).BuildServiceProvider();
        var repository = (FileSystemImageRepository)provider.GetRequiredService<IImageRepository>();
        var manifests = await ManifestsAsync(repository);
        var upkeep = provider.GetServices<IHostedService>().OfType<IndexWriteService>().Single();
        await upkeep.StartAsync(CancellationToken.None);
        await upkeep.StartedAsync(CancellationToken.None);
        await upkeep.ExecuteTask!;
        await (use?.Invoke(provider) ?? Task.CompletedTask);
        await upkeep.StopAsync(CancellationToken.None);
        return new Start(manifests, repository.LoadReport, repository.IndexUpdate.FromIndex, log.Warnings, log.Lines);
    }

    /// <summary>Deletes the index and starts. Leaves no index behind.</summary>
    public async Task<Start> StartWithoutIndexAsync()
    {
        File.Delete(Index);
        return await StartAsync(minAge: TimeSpan.FromDays(36500));
    }

    /// <summary>Adds images with files through the repository.</summary>
    public async Task<Image[]> AddAsync(int count)
    {
        var images = Enumerable.Range(0, count).Select(number => new ImageBuilder().Named($"image {number}").Build()).ToArray();
        await StartAsync(async provider =>
        {
            foreach (var image in images)
            {
                await provider.GetRequiredService<IImageRepository>().AddAsync(image, WriteConditions.None, CancellationToken.None);
                await UploadAsync(provider, image.Uuid);
            }
        });
        return images;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task UploadAsync(IServiceProvider provider, Uuid uuid)
    {
        byte[] bytes = [1, 2, 3];
        await using var writer = await provider.GetRequiredService<IContentStore>()
            .CreateAsync(uuid, new ContentName(ContentKind.File, "gzip"), bytes.Length, CancellationToken.None);
        await writer.WriteAsync(bytes, CancellationToken.None);
        var file = ImageBuilder.SomeFile() with { Size = bytes.Length, Content = await writer.CommitAsync(CancellationToken.None) };
        await provider.GetRequiredService<IImageRepository>().ChangeAsync(uuid, image => image.AttachFile(file), CancellationToken.None);
    }

    private static async Task<Dictionary<Uuid, string>> ManifestsAsync(FileSystemImageRepository repository)
    {
        var (images, _) = await repository.QueryAsync(new ImageQuery { State = StateFilter.All }, CancellationToken.None);
        return images.ToDictionary(image => image.Uuid, image => Encoding.UTF8.GetString(ManifestWriter.Write(image, ManifestLeftovers.None, [])));
    }
}

/// <summary>The result of a start.</summary>
/// <param name="Manifests">The manifest of every image, as it would be written.</param>
/// <param name="Report">What was found in the data folder.</param>
/// <param name="FromIndex">How many images came from the index.</param>
/// <param name="Warnings">The warnings of the log.</param>
/// <param name="Lines">All lines of the log.</param>
internal sealed record Start(
    IReadOnlyDictionary<Uuid, string> Manifests, CatalogueLoadReport Report, int FromIndex, string[] Warnings, string[] Lines);
