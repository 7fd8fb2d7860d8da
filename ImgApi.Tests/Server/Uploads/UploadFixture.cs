using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>A server, and for each test an image that needs a file.</summary>
internal abstract class UploadFixture
{
    protected static readonly byte[] Bytes = Samples.Compress(RandomNumberGenerator.GetBytes(10_000));

    protected TestServer Server { get; private set; } = null!;

    protected string Image { get; set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Server = await StartServerAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Server.DisposeAsync();

    [SetUp]
    public async Task CreateImageAsync() => Image = await NewImageAsync();

    protected virtual Task<string> NewImageAsync() => Server.Admin.CreateAsync();

    protected virtual Task<TestServer> StartServerAsync() => TestServer.StartAsync();

    /// <summary>Begins an upload of <see cref="Bytes"/>.</summary>
    protected Task<ResumableUpload> BeginAsync(long? length = null, string metadata = "compression=gzip", string query = "") =>
        ResumableUpload.BeginAsync(Server.Admin, Image, length ?? Bytes.Length, metadata, query);

    protected Task AssertStoredAsync(byte[]? bytes = null) => StoredFile.AssertAsync(Server.Admin, Image, bytes ?? Bytes);
}
