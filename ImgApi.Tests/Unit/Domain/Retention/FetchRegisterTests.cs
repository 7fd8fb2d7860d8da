using ImgApi.Domain.Retention;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Retention;

/// <summary>The counts of downloads, over the real file.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FetchRegisterTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly Image _image = new ImageBuilder().Build();
    private readonly Mock<IImageFinder> _images = new();
    private readonly DataFolder _data;

    public FetchRegisterTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _images.Setup(images => images.FindAsync(_image.Uuid, It.IsAny<CancellationToken>())).Returns(new ValueTask<Image?>(_image));
    }

    private string File => _folder.Combine(".imgapi-fetches.json");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    private FetchRegister Open() => new(new FetchFile(_data, _log.Of<FetchFile>()), _images.Object, _clock);

    /// <summary>Counts a download and stores it.</summary>
    private async Task StoreAsync()
    {
        var register = Open();
        await register.AddAsync(_image.Uuid);
        await register.FlushAsync(CancellationToken.None);
    }

    [Test]
    public async Task Each_download_is_counted_with_its_time()
    {
        var register = Open();
        await register.AddAsync(_image.Uuid);
        _clock.Advance(TimeSpan.FromHours(1));
        await register.AddAsync(_image.Uuid);
        Assert.That(await register.OfAsync(_image.Uuid), Is.EqualTo(new Fetches(2, Start.AddHours(1))));
    }

    [Test]
    public void A_clock_that_was_set_back_does_not_make_the_last_download_older() =>
        Assert.That(new Fetches(1, Start).Next(Start.AddDays(-1)), Is.EqualTo(new Fetches(2, Start)));

    [Test]
    public async Task Counts_and_the_begin_of_counting_survive_a_restart()
    {
        await StoreAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        var next = Open();
        Assert.That((await next.OfAsync(_image.Uuid), await next.SinceAsync()), Is.EqualTo((new Fetches(1, Start), Start)));
    }

    [Test]
    public async Task The_begin_of_counting_is_stored_without_a_download()
    {
        await Open().FlushAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await Open().SinceAsync(), Is.EqualTo(Start));
    }

    [Test]
    public async Task Nothing_is_written_without_a_change()
    {
        await StoreAsync();
        var register = Open();
        await register.SinceAsync();
        System.IO.File.Delete(File);
        await register.FlushAsync(CancellationToken.None);
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public async Task The_counts_of_removed_images_are_forgotten()
    {
        await StoreAsync();
        _images.Reset();
        await Open().FlushAsync(CancellationToken.None);
        Assert.That(await System.IO.File.ReadAllTextAsync(File), Does.Not.Contain($"{_image.Uuid}"));
    }

    [TestCase("[{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"images":{}}""")]
    [TestCase("""{"since":"soon"}""")]
    public async Task After_a_broken_file_counting_begins_again(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);
        var register = Open();
        Assert.That((await register.OfAsync(_image.Uuid), await register.SinceAsync()), Is.EqualTo((Fetches.None, Start)));
    }

    [Test]
    public async Task Broken_entries_are_ignored_and_others_are_read()
    {
        await System.IO.File.WriteAllTextAsync(File, $$"""
            {"since":"2025-01-01T00:00:00Z","images":{"x":{"count":1,"last":"2025-01-01T00:00:00Z"},"{{Uuid.New()}}":null,
            "{{Uuid.New()}}":{"count":-1},"{{_image.Uuid}}":{"count":7,"last":"2025-02-01T00:00:00Z"} } }
            """);
        Assert.That((await Open().OfAsync(_image.Uuid)).Count, Is.EqualTo(7));
    }

    [Test]
    public async Task Counts_that_could_not_be_stored_are_stored_later()
    {
        var register = Open();
        await register.AddAsync(_image.Uuid);
        Directory.CreateDirectory(File);
        await register.FlushAsync(CancellationToken.None);
        Directory.Delete(File);
        await register.FlushAsync(CancellationToken.None);
        Assert.That((await Open().OfAsync(_image.Uuid)).Count, Is.EqualTo(1));
    }
}
