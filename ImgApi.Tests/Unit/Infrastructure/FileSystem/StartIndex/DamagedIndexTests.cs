using ImgApi.Infrastructure.FileSystem.StartIndex;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>A start finds the same images whatever the index file contains.</summary>
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
    public async Task A_truncated_index_does_not_change_the_images()
    {
        for (var length = 0; length < _index.Length; length += length < IndexFile.Header.Length + IndexFile.FrameLength ? 1 : 7)
        {
            await File.WriteAllBytesAsync(_folder.Index, _index[..length]);
            await ExpectAsync($"cut to {length} bytes", fromIndex: 0);
        }
    }

    [Test]
    public async Task An_index_with_a_flipped_byte_does_not_change_the_images()
    {
        for (var at = 0; at < _index.Length; at++)
        {
            var damaged = _index.ToArray();
            damaged[at] ^= 0x41;
            await File.WriteAllBytesAsync(_folder.Index, damaged);
            await ExpectAsync($"byte {at} flipped", fromIndex: 0);
        }
    }

    [Test]
    public async Task Damage_of_the_index_is_reported_in_one_line()
    {
        _index[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, _index);
        Assert.That((await _folder.StartAsync()).Warnings, Has.Length.EqualTo(1).And.Some.Contains("index"));
    }

    [Test]
    public async Task A_damaged_index_is_repaired_by_the_start_that_finds_it()
    {
        _index[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, _index);
        await _folder.StartAsync();
        var next = await _folder.StartAsync();
        Assert.That(next.FromIndex, Is.EqualTo(Count));
        Assert.That(next.Warnings, Is.Empty);
    }

    [Test]
    public async Task Chunks_beside_a_damaged_chunk_are_used()
    {
        var damaged = _index[IndexFile.Header.Length..];
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, [.. IndexFile.Header.Span, .. damaged, .. _index[IndexFile.Header.Length..]]);
        await ExpectAsync("damaged, then whole", fromIndex: Count);
    }

    [Test]
    public async Task A_chunk_of_an_impossible_length_is_ignored()
    {
        await File.WriteAllBytesAsync(_folder.Index, [.. IndexFile.Header.Span, 0xff, 0xff, 0xff, 0x7f, .. _index]);
        await ExpectAsync("endless", fromIndex: 0);
    }

    [Test]
    public async Task An_index_of_another_build_is_ignored_without_a_warning_and_replaced()
    {
        _index[IndexFile.Header.Length - 1] ^= 1;
        await File.WriteAllBytesAsync(_folder.Index, _index);
        var start = await _folder.StartAsync();
        Assert.That(start.FromIndex, Is.Zero);
        Assert.That(start.Warnings, Is.Empty);
        Assert.That((await _folder.StartAsync()).FromIndex, Is.EqualTo(Count));
    }

    [Test]
    public async Task A_folder_in_place_of_the_index_does_not_prevent_a_start()
    {
        File.Delete(_folder.Index);
        Directory.CreateDirectory(_folder.Combine(".imgapi-index", "inside"));
        var start = await ExpectAsync("a folder", fromIndex: 0);
        Assert.That(start.Warnings, Has.Length.EqualTo(1));
        Assert.That(Directory.GetFiles(_folder.Path, ".imgapi-*.tmp"), Is.Empty);
    }

    [Test]
    public async Task A_link_in_place_of_the_index_is_replaced_and_its_target_stays()
    {
        var elsewhere = _folder.Combine("elsewhere");
        File.Move(_folder.Index, elsewhere);
        File.CreateSymbolicLink(_folder.Index, "elsewhere");
        await ExpectAsync("a link", fromIndex: 0);
        Assert.That(new FileInfo(_folder.Index).LinkTarget, Is.Null);
        Assert.That(await File.ReadAllBytesAsync(elsewhere), Is.EqualTo(_index));
    }

    [Test]
    public void The_index_is_readable_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no file modes.");
            return;
        }

        Assert.That(File.GetUnixFileMode(_folder.Index), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<Start> ExpectAsync(string what, int fromIndex)
    {
        var start = await _folder.StartAsync();
        Assert.That(start.Manifests, Is.EqualTo(_expected), what);
        Assert.That(start.FromIndex, Is.EqualTo(fromIndex), what);
        return start;
    }
}
