using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The server loses its file permissions and gets them back. Under root it runs without the capability to ignore permissions.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class ForbiddenFolderTests
{
    private const UnixFileMode Usual = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private static string[] Unprivileged => Environment.IsPrivilegedProcess
        ? [Tools.Require("setpriv", "util-linux"), "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        : [];

    [TestCase(ReadOnly)]
    [TestCase(UnixFileMode.None)]
    public async Task Changes_without_permission_are_refused_until_the_permission_is_back(UnixFileMode mode)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Combine("data");
        await using var server = await ServerProcess.StartOnAsync(data, Unprivileged);
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, [1, 2, 3]);
        string[] folders = [Path.Combine(data, uuid), data];
        Answer[] answers;
        try
        {
            Array.ForEach(folders, path => SetMode(path, mode));
            answers =
            [
                await server.Admin.PostAnswerAsync("/images", Requests.Manifest()),
                await server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes([4])),
                await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate"),
                await server.Admin.DeleteAnswerAsync($"/images/{uuid}"),
            ];
        }
        finally
        {
            Array.ForEach([data, .. folders], path => SetMode(path, Usual));
        }

        Assert.That(answers.Select(answer => (answer.Status, answer.Code)), Is.All.EqualTo((HttpStatusCode.ServiceUnavailable, "StorageIsDown")));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        await server.Admin.ActAsync(uuid, "activate");
        Assert.That((await server.Admin.DeleteAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_download_without_permission_is_refused_until_the_permission_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartOnAsync(folder.Combine("data"), Unprivileged);
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, [1, 2, 3]);
        var file = Directory.GetFiles(folder.Combine("data", uuid), "image-*").Single();
        SetMode(file, UnixFileMode.None);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Code, Is.EqualTo("StorageIsDown"));
        SetMode(file, Usual);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task An_image_whose_note_of_a_uuid_change_cannot_be_read_is_not_shown()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Combine("data");
        string uuid;
        await using (var server = await ServerProcess.StartOnAsync(data))
        {
            uuid = await server.Admin.CreateAsync();
        }

        var moved = Path.Combine(data, Guid.NewGuid().ToString());
        Directory.Move(Path.Combine(data, uuid), moved);
        await File.WriteAllTextAsync(Path.Combine(moved, ".imgapi-moving.json"), "{}");
        SetMode(Path.Combine(moved, ".imgapi-moving.json"), UnixFileMode.None);
        await using var next = await ServerProcess.StartOnAsync(data, Unprivileged);
        Assert.That(next.Log, Has.Some.EndsWith("is skipped: its .imgapi-moving.json cannot be read: this user has no permission to use it"));
        Assert.That((await next.Admin.GetAnswerAsync("/images?state=all")).Json.GetArrayLength(), Is.Zero);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
