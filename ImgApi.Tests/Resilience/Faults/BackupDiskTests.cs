using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>Backups to another disk, to which no hard link is possible, and which is full at first.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class BackupDiskTests
{
    private const int MiB = 1024 * 1024;

    private SmallDisk _disk = null!;
    private BackupFolders _folders = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task MountAsync()
    {
        _disk = await SmallDisk.MountAsync(mebibytes: 8);
        _folders = new BackupFolders { Target = _disk.DataFolder };
        await using var server = await TestServer.StartAsync(dataFolder: _folders.Data);
        _uuid = await server.Admin.PublishAsync();
        await _folders.BackUpAsync();
        await server.Admin.UploadAsync(await server.Admin.CreateAsync(), new byte[4 * MiB]);
        _disk.Fill(except: MiB);
    }

    [TearDown]
    public async Task UnmountAsync()
    {
        if (_disk is not null)
        {
            await _disk.DisposeAsync();
        }

        _folders?.Dispose();
    }

    [Test]
    public async Task A_full_disk_is_exit_code_2_with_the_reason()
    {
        var (code, _, error) = await _folders.BackUpAsync();
        Assert.That((code, error.Contains("the disk is full", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }

    [Test]
    public async Task The_former_backup_can_be_restored_after_a_backup_to_a_full_disk()
    {
        await _folders.BackUpAsync();
        var (code, output, error) = await _folders.RestoreAsync(_folders.Configure("other"));
        Assert.That(code, Is.Zero, output + error);
        Assert.That(await BackupFolders.AssertServesAsync(_folders.Combine("other")), Is.EqualTo(new[] { _uuid }));
    }

    [Test]
    public async Task A_second_backup_to_another_disk_copies_nothing()
    {
        _disk.MakeRoom();
        await _folders.BackUpAsync();
        var (_, output, _) = await _folders.BackUpAsync("--json");
        Assert.That(JsonElement.Parse(output).GetProperty("new_files").GetInt32(), Is.Zero, output);
    }

    [Test]
    public async Task A_file_that_the_disk_cannot_read_is_reported_and_all_others_are_copied()
    {
        _disk.MakeRoom();
        var broken = Directory.GetFiles(_folders.Data, "image-*", SearchOption.AllDirectories).Single(path => new FileInfo(path).Length == 4 * MiB);
        var (code, output, error) = await Tools.RunAsync(Tools.Require("strace", "strace"),
        [
            "-f", "-o", _folders.Combine("trace"), "-P", broken, "-e", "trace=pread64", "-e", "inject=pread64:error=EIO",
            "dotnet", ServerProcess.Program, "backup", _folders.Target, "-c", _folders.Config,
        ]);
        Assert.That((code, output.Contains("the file is missing", StringComparison.Ordinal)), Is.EqualTo((1, true)), output + error);
        Assert.That(Directory.GetFiles(Path.Combine(_folders.Target, "backup-000002", "data"), "manifest.json", SearchOption.AllDirectories), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_backup_is_completed_when_there_is_room_again()
    {
        await _folders.BackUpAsync();
        _disk.MakeRoom();
        Assert.That((await _folders.BackUpAsync()).Code, Is.Zero);
        Assert.That(await BackupFolders.AssertServesAsync(Path.Combine(_folders.Target, "backup-000002", "data")), Has.Length.EqualTo(2));
    }
}
