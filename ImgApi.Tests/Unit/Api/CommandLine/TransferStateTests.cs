using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Transfers;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.CommandLine;

/// <summary>The files by which the same command continues, and by which it does not run twice.</summary>
[TestFixture]
internal sealed class TransferStateTests
{
    private TemporaryFolder _folder = null!;
    private TransferState _state = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _state = new TransferState(_folder.Path);
    }

    [TearDown]
    public void Close() => _folder.Dispose();

    [Test]
    public void An_old_lock_still_holds()
    {
        using var hold = _state.Hold("publish");
        File.SetLastWriteTimeUtc(Directory.GetFiles(_folder.Path).Single(), DateTime.UnixEpoch);
        _state.Remember(Uuid.New(), "publish");
        Assert.That(() => _state.Hold("publish"), Throws.TypeOf<CommandException>().With.Message.EqualTo("the same command is running already"));
    }

    [Test]
    public void A_lock_leaves_no_file()
    {
        _state.Hold("publish")!.Dispose();
        Assert.That(Directory.GetFiles(_folder.Path), Is.Empty);
    }

    [Test]
    public void Old_state_is_removed()
    {
        _state.Remember(Uuid.New(), "old");
        File.SetLastWriteTimeUtc(Directory.GetFiles(_folder.Path).Single(), DateTime.UnixEpoch);
        _state.Remember(Uuid.New(), "new");
        Assert.That(_state.Find("old"), Is.Null);
    }

    [Test]
    [Platform("Linux", Reason = "a folder that takes no files")]
    public void A_folder_that_takes_no_files_does_not_count_as_a_lock() => Assert.That(new TransferState("/proc/self").Hold("publish"), Is.Null);
}
