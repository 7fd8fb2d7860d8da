using ImgApi.Infrastructure.FileSystem.StartIndex;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>Whatever is in the place of the index, the images are the same.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DamagedIndexTests : IDisposable
{
    private const int Count = 3;

    private readonly IndexedFolder _folder = new();
    private IReadOnlyDictionary<Uuid, string> _expected = null!;
    private byte[] _index = null!;

    [SetUp]
    public async Task WriteAsync()
    {
        await _folder.AddAsync(Count);
        _expected = (await _folder.StartAsync()).Manifests;
        _index = await File.ReadAllBytesAsync(_folder.Index);
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Cut_anywhere_it_gives_the_same_images()
    {
        for (var length = 0; length < _index.Length; length += length < IndexFormat.Header.Length + IndexFormat.FrameLength ? 1 : 7)
        {
            await File.WriteAllBytesAsync(_folder.Index, _index[..length]);
            await ExpectAsync($"cut to {length} bytes", believed: 0);
        }
    }

    [Test]
    public async Task With_any_byte_flipped_it_gives_the_same_images()
    {
        for (var at = 0; at < _index.Length; at++)
        {
            var damaged = _index.ToArray();
            damaged[at] ^= 0x41;
            await File.WriteAllBytesAsync(_folder.Index, damaged);
            await ExpectAsync($"byte {at} flipped", believed: 0);
        }
    }

    [Test]
    public async Task Damage_is_told_in_one_line_and_mended_by_the_start_that_finds_it()
    {
        _index[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, _index);
        Assert.That((await _folder.StartAsync()).Warnings, Has.Length.EqualTo(1).And.Some.Contains("index"));
        var next = await _folder.StartAsync();
        Assert.That(next.FromIndex, Is.EqualTo(Count));
        Assert.That(next.Warnings, Is.Empty);
    }

    [Test]
    public async Task Chunks_beside_a_damaged_one_are_believed()
    {
        var damaged = _index[IndexFormat.Header.Length..];
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, [.. IndexFormat.Header.Span, .. damaged, .. _index[IndexFormat.Header.Length..]]);
        await ExpectAsync("damaged, then whole", believed: Count);
    }

    [Test]
    public async Task Length_without_end_asks_for_no_memory()
    {
        await File.WriteAllBytesAsync(_folder.Index, [.. IndexFormat.Header.Span, 0xff, 0xff, 0xff, 0x7f, .. _index]);
        await ExpectAsync("endless", believed: 0);
    }

    [Test]
    public async Task One_of_another_build_is_not_believed_and_not_complained_about()
    {
        _index[IndexFormat.Header.Length - 1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, _index);
        var start = await _folder.StartAsync();
        Assert.That(start.FromIndex, Is.Zero);
        Assert.That(start.Warnings, Is.Empty);
        Assert.That((await _folder.StartAsync()).FromIndex, Is.EqualTo(Count));
    }

    [Test]
    public async Task A_folder_in_its_place_stops_nothing()
    {
        File.Delete(_folder.Index);
        Directory.CreateDirectory(_folder.Combine(".imgapi-index", "inside"));
        var start = await ExpectAsync("a folder", believed: 0);
        Assert.That(start.Warnings, Has.Length.EqualTo(1));
        Assert.That(Directory.GetFiles(_folder.Path, ".imgapi-*.tmp"), Is.Empty);
    }

    [Test]
    public async Task A_link_in_its_place_is_replaced_and_what_it_led_to_stays()
    {
        var elsewhere = _folder.Combine("elsewhere");
        File.Move(_folder.Index, elsewhere);
        File.CreateSymbolicLink(_folder.Index, "elsewhere");
        await ExpectAsync("a link", believed: 0);
        Assert.That(new FileInfo(_folder.Index).LinkTarget, Is.Null);
        Assert.That(await File.ReadAllBytesAsync(elsewhere), Is.EqualTo(_index));
    }

    [Test]
    public void It_is_private()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("File modes are of Unix.");
            return;
        }

        Assert.That(File.GetUnixFileMode(_folder.Index), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<Start> ExpectAsync(string what, int believed)
    {
        var start = await _folder.StartAsync();
        Assert.That(start.Manifests, Is.EqualTo(_expected), what);
        Assert.That(start.FromIndex, Is.EqualTo(believed), what);
        return start;
    }
}
