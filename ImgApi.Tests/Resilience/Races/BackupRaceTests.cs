using ImgApi.Infrastructure.FileSystem.Backups;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>Backups while images are changed.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class BackupRaceTests
{
    private const int Writers = 4;
    private const int Backups = 15;

    private static async Task ChangeAsync(HttpClient admin, int round)
    {
        var uuid = await admin.PublishAsync();
        var draft = await admin.CreateAsync();
        await admin.UploadAsync(draft, BitConverter.GetBytes(round));
        await admin.ActAsync(uuid, "update", Requests.Json(new { description = $"round {round}" }));
        await admin.UploadAsync(draft, BitConverter.GetBytes(-round));
        var renamed = Uuid.New().ToString();
        await admin.ActAsync(draft, "update", Requests.Json(new { uuid = renamed }));
        await admin.UploadAsync(renamed, BitConverter.GetBytes(round + 1));
        await admin.DeleteAnswerAsync($"/images/{renamed}");
        await admin.DeleteAnswerAsync($"/images/{uuid}");
    }

    private static async Task<string> RenameAsync(HttpClient admin, string uuid)
    {
        var renamed = Uuid.New().ToString();
        await admin.ActAsync(uuid, "update", Requests.Json(new { uuid = renamed }));
        return renamed;
    }

    private static async Task<string> BackUpAsync(BackupFolders folders, Action? afterBytes = null)
    {
        var rules = new BackupRules(folders.Data, folders.Target, folders.Config, UsersFile: null, Kept: 1, VerifiesAll: true);
        var report = await BackupRun.RunAsync(rules, TimeProvider.System, _ => afterBytes?.Invoke(), CancellationToken.None);
        Assert.That(report.Problems, Is.Empty);
        return Path.Combine(report.Path, "data");
    }

    [Test]
    public async Task A_file_that_is_replaced_after_the_manifest_was_read_is_in_the_backup_with_its_new_manifest()
    {
        using var folders = new BackupFolders();
        await using var server = await TestServer.StartAsync(dataFolder: folders.Data);
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid);
        // A file that is copied between the manifest and its content.
        folders.Write($"data/{uuid}/notes.txt", "of the operator");
        Task? replacement = null;
        var copy = await BackUpAsync(folders, () =>
        {
            replacement ??= server.Admin.UploadAsync(uuid, [5, 6, 7]);
            SpinWait.SpinUntil(() => replacement.IsCompleted);
        });
        Assert.That(replacement, Is.Not.Null);
        Assert.That(await BackupFolders.AssertServesAsync(copy), Is.EqualTo(new[] { uuid }));
    }

    [Test]
    public async Task Every_backup_during_changes_has_whole_images_and_those_that_stay()
    {
        using var folders = new BackupFolders();
        await using var server = await TestServer.StartAsync(dataFolder: folders.Data);
        string[] stays = [await server.Admin.PublishAsync(), await server.Admin.PublishAsync()];
        using var done = new CancellationTokenSource();
        var writing = Race.RunAsync(Writers, async number =>
        {
            for (var round = number; !done.IsCancellationRequested; round += Writers)
            {
                await ChangeAsync(server.Admin, round);
            }

            return number;
        });
        for (var i = 0; i < Backups; i++)
        {
            Assert.That(await BackupFolders.AssertServesAsync(await BackUpAsync(folders)), Is.SupersetOf(stays));
        }

        await done.CancelAsync();
        await writing;
    }

    [Test]
    public async Task An_image_whose_uuid_changes_during_backups_is_in_each_of_them_once()
    {
        using var folders = new BackupFolders();
        await using var server = await TestServer.StartAsync(dataFolder: folders.Data);
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid);
        using var done = new CancellationTokenSource();
        var renaming = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                uuid = await RenameAsync(server.Admin, uuid);
            }
        });
        for (var i = 0; i < Backups; i++)
        {
            Assert.That(await BackupFolders.AssertServesAsync(await BackUpAsync(folders)), Has.Length.EqualTo(1));
        }

        await done.CancelAsync();
        await renaming;
    }
}
