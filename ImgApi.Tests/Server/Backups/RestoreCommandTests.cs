using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Backups;

/// <summary>The command <c>restore</c>.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RestoreCommandTests
{
    private BackupFolders _folders = null!;
    private TestServer _server = null!;
    private string _uuid = null!;
    private string _other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folders = new BackupFolders();
        _server = await TestServer.StartAsync(dataFolder: _folders.Data);
        _uuid = await _server.Admin.PublishAsync();
        await _folders.BackUpAsync();
        _other = _folders.Configure("other");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folders.Dispose();
    }

    [Test]
    public async Task A_restored_folder_serves_the_images()
    {
        var (code, output, error) = await _folders.RestoreAsync(_other);
        Assert.That((code, error), Is.EqualTo((0, "")), output);
        Assert.That(await BackupFolders.AssertServesAsync(_folders.Combine("other")), Is.EqualTo(new[] { _uuid }));
    }

    [Test]
    public async Task The_audit_of_a_restored_folder_is_whole()
    {
        await _folders.RestoreAsync(_other);
        await BackupFolders.AssertServesAsync(_folders.Combine("other"));
        var (code, output, _) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "audit", "verify", "-c", _other]);
        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public async Task A_backup_stays_as_it_is_when_the_restored_server_changes_its_images()
    {
        var before = BackupFolders.Describe(_folders.Target);
        await _folders.RestoreAsync(_other);
        await using (var server = await TestServer.StartAsync(dataFolder: _folders.Combine("other")))
        {
            await server.Admin.ActAsync(_uuid, "update", Requests.Json(new { description = "changed" }));
            await server.Admin.DeleteAnswerAsync($"/images/{_uuid}");
        }

        Assert.That(BackupFolders.Describe(_folders.Target), Is.EqualTo(before));
    }

    [Test]
    public async Task A_folder_that_a_server_uses_is_refused()
    {
        var (code, _, error) = await _folders.RestoreAsync(_folders.Config);
        Assert.That((code, error.Contains("is in use by another process", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }

    [Test]
    public async Task A_folder_that_is_not_empty_is_refused()
    {
        _folders.Write("other/readme.txt", "");
        var (code, _, error) = await _folders.RestoreAsync(_other);
        Assert.That((code, error.Contains("is not empty", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }

    [Test]
    public async Task A_missing_backup_is_refused()
    {
        var (code, _, error) = await _folders.RestoreAsync(_other, "--number", "7");
        Assert.That((code, error.Contains("there is no backup 7 in ", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }

    [Test]
    public async Task An_earlier_backup_can_be_restored()
    {
        await _server.Admin.DeleteAnswerAsync($"/images/{_uuid}");
        await _folders.BackUpAsync("--keep", "2");
        await _folders.RestoreAsync(_other, "--number", "1");
        Assert.That(await BackupFolders.AssertServesAsync(_folders.Combine("other")), Is.EqualTo(new[] { _uuid }));
    }

    [Test]
    public async Task A_missing_users_file_is_restored()
    {
        _folders.Write("data-users", "users");
        await _folders.BackUpAsync();
        await _folders.RestoreAsync(_other);
        Assert.That(await File.ReadAllTextAsync(_folders.Combine("other-users")), Is.EqualTo("users"));
    }
}
