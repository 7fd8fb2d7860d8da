using System.Runtime.Versioning;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Backups;

/// <summary>The command <c>backup</c>, beside a server that uses the data folder.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class BackupCommandTests
{
    private BackupFolders _folders = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folders = new BackupFolders();
        _server = await TestServer.StartAsync(dataFolder: _folders.Data);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folders.Dispose();
    }

    private string Backup(int number, params string[] names) => Path.Combine([_folders.Target, $"backup-{number:d6}", .. names]);

    private static string ContentOf(string image) => Directory.GetFiles(image, "image-*").Single();

    [Test]
    public async Task A_server_starts_on_the_copy_of_a_folder_in_use()
    {
        string[] uuids = [await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync(), await _server.Admin.CreateAsync()];
        await _server.Admin.PutAnswerAsync($"/images/{uuids[0]}/icon", Requests.Bytes(Samples.Png, "image/png"));
        var (code, output, error) = await _folders.BackUpAsync();
        Assert.That((code, error), Is.EqualTo((0, "")), output);
        Assert.That(await BackupFolders.AssertServesAsync(Backup(1, "data")), Is.EquivalentTo(uuids));
    }

    [Test]
    public async Task The_source_stays_as_it_is()
    {
        await _server.Admin.PublishAsync();
        _folders.Write("data/notes/readme.txt", "of the operator");
        var before = BackupFolders.Describe(_folders.Data);
        Assert.That((await _folders.BackUpAsync()).Code, Is.Zero);
        Assert.That(BackupFolders.Describe(_folders.Data), Is.EqualTo(before));
    }

    [Test]
    public async Task A_second_backup_copies_nothing_if_nothing_has_changed()
    {
        await _server.Admin.PublishAsync();
        await _folders.BackUpAsync();
        var (_, output, _) = await _folders.BackUpAsync("--json");
        var json = JsonElement.Parse(output);
        Assert.That(
            (json.GetProperty("images").GetInt32(), json.GetProperty("new_files").GetInt32(), json.GetProperty("bytes_copied").GetInt64()), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task A_second_backup_replaces_the_first()
    {
        var (deleted, kept) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await _folders.BackUpAsync();
        await _server.Admin.DeleteAnswerAsync($"/images/{deleted}");
        await _folders.BackUpAsync();
        Assert.That(_folders.Backups, Is.EqualTo(new[] { "backup-000002" }));
        Assert.That(await BackupFolders.AssertServesAsync(Backup(2, "data")), Is.EqualTo(new[] { kept }));
    }

    [Test]
    public async Task An_interrupted_backup_is_continued_without_what_was_deleted_meanwhile()
    {
        var uuid = await _server.Admin.PublishAsync();
        var deleted = Path.Combine(_folders.Target, "backup-new", "data", Uuid.New().ToString());
        Directory.CreateDirectory(deleted);
        await File.WriteAllTextAsync(Path.Combine(deleted, "manifest.json"), "{}");
        Assert.That((await _folders.BackUpAsync()).Code, Is.Zero);
        Assert.That(await BackupFolders.AssertServesAsync(Backup(1, "data")), Is.EqualTo(new[] { uuid }));
    }

    [Test]
    public async Task An_event_that_is_being_written_is_left_out()
    {
        const string Name = "data/.imgapi-audit/000000000999.2999-01-01.jsonl";
        _folders.Write(Name, "{\"one\":1}\n{\"two\"");
        await _folders.BackUpAsync();
        Assert.That(await File.ReadAllTextAsync(Backup(1, Name)), Is.EqualTo("{\"one\":1}\n"));
    }

    [Test]
    public async Task Earlier_backups_are_kept_on_request()
    {
        for (var i = 0; i < 4; i++)
        {
            await _folders.BackUpAsync("--keep", "3");
        }

        Assert.That(_folders.Backups, Is.EqualTo(new[] { "backup-000002", "backup-000003", "backup-000004" }));
    }

    [Test]
    public async Task A_damaged_file_is_reported_and_copied_as_it_is()
    {
        var uuid = await _server.Admin.PublishAsync();
        await File.WriteAllBytesAsync(ContentOf(_folders.Combine("data", uuid)), [4, 3, 2, 1]);
        var (code, output, _) = await _folders.BackUpAsync();
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain($"{uuid}: the file has the sha1 "));
        Assert.That(await File.ReadAllBytesAsync(ContentOf(Backup(1, "data", uuid))), Is.EqualTo(new byte[] { 4, 3, 2, 1 }));
    }

    [TestCase(0)]
    [TestCase(1, "--verify")]
    public async Task A_file_that_was_damaged_in_the_backup_is_found_only_on_request(int expected, params string[] arguments)
    {
        var uuid = await _server.Admin.PublishAsync();
        await _folders.BackUpAsync();
        var copy = ContentOf(Backup(1, "data", uuid));
        var time = File.GetLastWriteTimeUtc(copy);
        await File.WriteAllBytesAsync(copy, [4, 3, 2, 1]);
        File.SetLastWriteTimeUtc(copy, time);
        Assert.That((await _folders.BackUpAsync(arguments)).Code, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_manifest_that_cannot_be_read_is_reported_and_copied_as_it_is()
    {
        var uuid = await _server.Admin.PublishAsync();
        await File.WriteAllTextAsync(_folders.Combine("data", uuid, "manifest.json"), "{");
        var (code, output, _) = await _folders.BackUpAsync();
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain($"{uuid}: its manifest.json is not JSON"));
        Assert.That(Directory.GetFiles(Backup(1, "data", uuid)), Has.Length.EqualTo(2));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Copies_of_the_configuration_and_the_users_file_are_readable_by_their_owner_only()
    {
        _folders.Write("data-users", "secret");
        await _folders.BackUpAsync();
        var modes = new[] { "config.json", "users.json" }.Select(name => File.GetUnixFileMode(Backup(1, name)));
        Assert.That(modes, Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task An_empty_folder_is_not_saved_over_a_backup()
    {
        await _server.Admin.PublishAsync();
        await _folders.BackUpAsync();
        var unmounted = _folders.Configure("unmounted");
        Directory.CreateDirectory(_folders.Combine("unmounted"));
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "backup", _folders.Target, "-c", unmounted]);
        Assert.That((code, error.Contains("is empty: is its disk mounted?", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
        Assert.That(_folders.Backups, Is.EqualTo(new[] { "backup-000001" }));
    }

    [Test]
    public async Task A_backup_into_the_data_folder_is_refused()
    {
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "backup", _folders.Combine("data", "x"), "-c", _folders.Config]);
        Assert.That((code, error.Contains("a backup must be outside of it", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }
}
