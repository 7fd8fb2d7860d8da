using ImgApi.Api.Validation;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Importing;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Quotas;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Importing;

/// <summary>Use cases in a program without a web server: they take values and need only the ports.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConsoleImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _program;

    public ConsoleImportTests()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddImgApiInfrastructure(_folder.Path);
        services.AddRemoteImages(new RemoteOptions { AllowLocal = true });
        services.AddSingleton<IManifestValidator, ManifestValidator>();
        services.AddSingleton(Mock.Of<IJobObserver>());
        services.AddSingleton(QuotaRules.None);
        services.AddSingleton(new JobRetries(TimeSpan.FromMilliseconds(1)));
        Type[] useCases =
        [
            typeof(DamageRegister), typeof(ContentInspector), typeof(ImageReading), typeof(ImageLifecycle), typeof(ImageActivation),
            typeof(StorageQuota), typeof(ImageUploads), typeof(ImageRemoval), typeof(ImageImports), typeof(ManifestIntake), typeof(ManifestUpdate), typeof(OriginChain),
            typeof(ManifestImport), typeof(FileImport), typeof(RemoteImport), typeof(JobRegistry), typeof(ImportSteps),
            typeof(ImportJob), typeof(JobWorkers),
        ];
        Array.ForEach(useCases, useCase => services.AddSingleton(useCase));
        _program = services.BuildServiceProvider();
    }

    public void Dispose()
    {
        _program.Dispose();
        _folder.Dispose();
    }

    private T Get<T>()
        where T : notnull => _program.GetRequiredService<T>();

    private async Task<Job> RunToEndAsync(Job job)
    {
        using var stop = new CancellationTokenSource();
        var running = Get<JobWorkers>().RunAsync(stop.Token);
        await Eventually.TrueAsync(async () => (await Get<IJobStore>().FindAsync(job.Uuid, CancellationToken.None))!.IsFinished);
        await stop.CancelAsync();
        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
        return (await Get<IJobStore>().FindAsync(job.Uuid, CancellationToken.None))!;
    }

    private static ImportRequest RequestOf(Uuid uuid, Uri server) =>
        new(uuid, ImageSource.TryParse(server.ToString(), out var source) ? source : null, Channel: null, "console");

    [Test]
    public async Task A_job_of_a_console_program_imports_an_image_with_its_origin()
    {
        await using var server = await TestServer.StartAsync();
        var origin = await server.Admin.PublishAsync();
        var uuid = Uuid.Parse(await server.Admin.PublishAsync(("origin", origin)));
        var job = await Get<RemoteImport>().StartAsync(RequestOf(uuid, server.Address), CancellationToken.None);
        await RunToEndAsync(job);
        var image = await Get<ImageReading>().GetAsync(uuid, _ => { }, CancellationToken.None);
        Assert.That((image.IsActive, image.Details.Origin), Is.EqualTo((true, (Uuid?)Uuid.Parse(origin))));
    }

    [Test]
    public async Task A_job_whose_image_disappears_is_canceled_and_has_not_failed()
    {
        await using var server = await TestServer.StartAsync();
        var uuid = Uuid.Parse(await server.Admin.PublishAsync());
        await using var source = new ScriptedServer(async exchange =>
        {
            if (exchange.Target.Contains("/file", StringComparison.Ordinal))
            {
                await Get<ImageRemoval>().RemoveAsync(uuid, channel: null, everywhere: true, _ => { }, CancellationToken.None);
            }

            await exchange.ForwardAsync(server.Address);
        });
        var job = await Get<RemoteImport>().StartAsync(RequestOf(uuid, source.Address), CancellationToken.None);
        var ended = await RunToEndAsync(job);
        Assert.That((ended.Execution, ended.Results[^1].Result), Is.EqualTo((JobExecution.Canceled, $"image {uuid} was deleted; nothing was removed")));
    }

    [Test]
    public async Task A_console_program_creates_updates_and_removes_an_image()
    {
        var manifest = System.Text.Json.JsonElement.Parse("""{"name":"made","version":"1","type":"other","os":"other","owner":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}""");
        var image = await Get<ImageLifecycle>().AddAsync(
            await Get<ManifestIntake>().CreateAsync(manifest, account: null, channel: null, CancellationToken.None), CancellationToken.None);
        var changes = ManifestUpdate.EnsureUsable(System.Text.Json.JsonElement.Parse("""{"description":"updated"}"""));
        var updated = await Get<ImageLifecycle>().UpdateAsync(
            image.Uuid, _ => { }, now => Get<ManifestUpdate>().Apply(now, changes, byOperator: true), CancellationToken.None);
        await Get<ImageRemoval>().RemoveAsync(image.Uuid, channel: null, everywhere: true, _ => { }, CancellationToken.None);
        Assert.That(updated.Details.Description, Is.EqualTo("updated"));
        Assert.That(await Get<IImageRepository>().FindAsync(image.Uuid, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_console_program_purges_images_that_were_never_activated()
    {
        var image = await Get<ImageLifecycle>().AddAsync(new ImageBuilder().Build(), CancellationToken.None);
        var removed = new List<Uuid>();
        var purge = new UnactivatedPurge(Get<IImageRepository>(), Get<IImageActivity>(), Get<JobRegistry>().IsBeingImported, TimeProvider.System);
        await purge.PassAsync(TimeSpan.FromDays(1), (gone, _) => removed.Add(gone.Uuid), (_, _) => { }, CancellationToken.None);
        await purge.PassAsync(TimeSpan.FromDays(-1), (gone, _) => removed.Add(gone.Uuid), (_, _) => { }, CancellationToken.None);
        Assert.That(removed, Is.EqualTo(new[] { image.Uuid }));
    }
}
