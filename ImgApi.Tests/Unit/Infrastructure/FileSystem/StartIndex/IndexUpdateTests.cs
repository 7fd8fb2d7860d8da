using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>When the index is written, and what an interrupted or failed write leaves.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IndexUpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(2, true)]
    public void The_index_is_written_if_one_entry_in_a_hundred_changed(int changes, bool isWritten)
    {
        Update(changes, Entries(200)).Write(CancellationToken.None);
        Assert.That(Names(), isWritten ? Is.EqualTo(new[] { ".imgapi-index" }) : Is.Empty);
    }

    [Test]
    public void A_damaged_index_is_written_even_if_no_entry_changed()
    {
        new IndexUpdate(_folder.Path, Entries(200), changes: 0, isDamaged: true, 0, _log).Write(CancellationToken.None);
        Assert.That(Names(), Is.EqualTo(new[] { ".imgapi-index" }));
    }

    [Test]
    public void A_stop_of_the_server_leaves_the_old_index_and_no_temporary_file()
    {
        var before = _folder.Write(".imgapi-index", "before");
        Update(5000, Entries(5000)).Write(new CancellationToken(canceled: true));
        Assert.That(File.ReadAllText(before), Is.EqualTo("before"));
        Assert.That(Names(), Is.EqualTo(new[] { ".imgapi-index" }));
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public void An_image_that_cannot_be_encoded_is_reported_without_an_exception()
    {
        var update = Update(1, [new IndexEntry(default, new ImageBuilder().Named("\ud800").Build())]);
        Assert.That(() => update.Write(CancellationToken.None), Throws.Nothing);
        Assert.That(_log.Warnings, Has.Length.EqualTo(1));
        Assert.That(Names(), Is.Empty);
    }

    [Test]
    public void A_missing_data_folder_is_reported_without_an_exception()
    {
        var update = new IndexUpdate(_folder.Combine("gone"), Entries(1), 1, isDamaged: false, 0, _log);
        Assert.That(() => update.Write(CancellationToken.None), Throws.Nothing);
        Assert.That(_log.Warnings, Has.Length.EqualTo(1));
    }

    private static IndexEntry[] Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new IndexEntry(default, new ImageBuilder().With(d => d with { Description = Guid.NewGuid().ToString() }).Build()))];

    private IndexUpdate Update(int changes, IndexEntry[] entries) => new(_folder.Path, entries, changes, isDamaged: false, 0, _log);

    private IEnumerable<string?> Names() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName);
}
