using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The commands <c>backup</c> and <c>restore</c>, killed again and again between two steps, and run again each time.</summary>
[TestFixture]
[Category("Slow")]
[Category("Crash")]
internal sealed class KilledBackupTests
{
    private const int MaxRuns = 40;

    private BackupFolders _folders = null!;

    [SetUp]
    public async Task FillAsync()
    {
        _folders = new BackupFolders();
        await using var server = await TestServer.StartAsync(dataFolder: _folders.Data);
        for (var i = 0; i < 4; i++)
        {
            await server.Admin.PublishAsync();
        }
    }

    [TearDown]
    public void Delete() => _folders.Dispose();

    /// <summary>Runs a command that is killed before one of its system calls.</summary>
    private async Task<int> RunAsync(string call, int number, string command, string config) => (await Tools.RunAsync(
        "timeout", ["120", Tools.Require("strace", "strace"), "-f", "-o", _folders.Combine("trace"), "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={number}",
            "dotnet", ServerProcess.Program, command, _folders.Target, "-c", config])).Code;

    private async Task RunToEndAsync(string call, string command, string config, Func<Task> afterKill)
    {
        var kills = 0;
        while (await RunAsync(call, (3 * kills) + 2, command, config) != 0)
        {
            Assert.That(++kills, Is.LessThan(MaxRuns));
            await afterKill();
        }

        Assert.That(kills, Is.GreaterThan(0), "the command was not killed");
    }

    [TestCase("rename")]
    [TestCase("link")]
    [TestCase("unlink,rmdir")]
    public async Task A_killed_backup_leaves_the_former_one_and_is_continued(string call)
    {
        await _folders.BackUpAsync();
        var former = BackupFolders.Describe(Path.Combine(_folders.Target, "backup-000001"));
        await using (var server = await TestServer.StartAsync(dataFolder: _folders.Data))
        {
            for (var i = 0; i < 4; i++)
            {
                await server.Admin.PublishAsync();
            }
        }

        await RunToEndAsync(call, "backup", _folders.Config, () =>
        {
            var newest = _folders.Backups.Last(name => name.StartsWith("backup-0", StringComparison.Ordinal));
            if (newest == "backup-000001")
            {
                Assert.That(BackupFolders.Describe(Path.Combine(_folders.Target, newest)), Is.EqualTo(former));
            }

            return Task.CompletedTask;
        });
        Assert.That(_folders.Backups, Has.Length.EqualTo(1));
        Assert.That(await BackupFolders.AssertServesAsync(Path.Combine(_folders.Target, _folders.Backups[0], "data")), Has.Length.EqualTo(8));
    }

    [TestCase("rename")]
    [TestCase("link")]
    public async Task A_killed_restoration_is_continued_and_no_server_starts_before_its_end(string call)
    {
        await _folders.BackUpAsync();
        var config = _folders.Configure("other");
        await RunToEndAsync(call, "restore", config, async () =>
        {
            var (code, output, error) = await Tools.RunAsync("timeout", ["60", "dotnet", ServerProcess.Program, "-s", "-c", config]);
            Assert.That(output + error, Does.Contain("is not completely restored"), $"{code}");
        });
        Assert.That(await BackupFolders.AssertServesAsync(_folders.Combine("other")), Has.Length.EqualTo(4));
    }
}
