using ImgApi.Domain.Audit;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Quotas;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;
using ImgApi.Infrastructure;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Domain.UseCases;

/// <summary>Use cases with the real stores. Each test has a data folder of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class UseCaseFixture : IDisposable
{
    protected static readonly Uuid AccountA = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    protected static readonly Uuid AccountB = Uuid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
    protected static readonly Action<Image> Anyone = _ => { };

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    protected UseCaseFixture()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(new ServerRules());
        services.AddImgApiInfrastructure(_folder.Path);
        _services = services.BuildServiceProvider();
        Images = new RacedRepository(_services.GetRequiredService<IImageRepository>());
        Contents = _services.GetRequiredService<IContentStore>();
        Damages = new DamageRegister(_services.GetRequiredService<IDamageStore>());
        Lifecycle = new ImageLifecycle(Images, Damages);
        Quota = new StorageQuota(Images, UnfinishedUploads, QuotaRules.None);
        Uploads = new ImageUploads(
            Images, Contents, new ContentInspector(_services.GetRequiredService<IHeadUnpacker>()), Quota, new ServerRules(), Clock);
        Activation = new ImageActivation(Images, Contents, Damages, new ServerRules(), Clock);
    }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected RacedRepository Images { get; }

    protected IContentStore Contents { get; }

    protected IUploadStore UnfinishedUploads => _services.GetRequiredService<IUploadStore>();

    protected string UploadsFolder => _folder.Combine(".imgapi-uploads");

    protected IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    protected IHeadUnpacker Unpacker => _services.GetRequiredService<IHeadUnpacker>();

    protected IImageActivity Activity => _services.GetRequiredService<IImageActivity>();

    protected DamageRegister Damages { get; }

    protected ImageLifecycle Lifecycle { get; }

    protected ImageUploads Uploads { get; }

    protected ImageActivation Activation { get; }

    /// <summary>No limits.</summary>
    protected StorageQuota Quota { get; }

    public void Dispose()
    {
        Damages.Dispose();
        Quota.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    protected static void Refuse(Image image) => throw new ImgApiException(ErrorCode.NotImageOwner, "refused");

    protected Task<Image> AddAsync(ImageBuilder? image = null) =>
        Images.AddAsync((image ?? new ImageBuilder()).Build(), WriteConditions.None, CancellationToken.None);

    protected async Task<Image?> FindAsync(Uuid uuid) => await Images.FindAsync(uuid, CancellationToken.None);

    protected Task<Image> UploadAsync(Uuid uuid, params byte[] bytes) => Uploads.AddFileAsync(
        uuid, new FileUpload(new MemoryStream(bytes), bytes.Length, new("gzip", ContentClaims.None, null)), Anyone, CancellationToken.None);

    /// <summary>Adds an image, uploads three bytes and activates it.</summary>
    protected async Task<Image> PublishAsync(ImageBuilder? image = null)
    {
        var uuid = (await AddAsync(image)).Uuid;
        await UploadAsync(uuid, 1, 2, 3);
        return await Activation.ActivateAsync(uuid, Anyone, isForced: true, CancellationToken.None);
    }

    protected static async Task AssertRefusedAsync(Func<Task> action, ErrorCode code) =>
        Assert.That((await Refusal.Of(action)).Code, Is.EqualTo(code));
}
