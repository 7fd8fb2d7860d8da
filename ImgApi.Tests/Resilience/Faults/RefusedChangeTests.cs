using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>
/// Every kind of change, on a disk that fails from one of its steps on and refuses deletions too. Afterwards the server is restarted: the
/// start must neither carry out a refused change nor undo one that was shown.
/// </summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class RefusedChangeTests
{
    private static readonly (string Call, int Step)[] Faults =
        [("pwrite64", 1), ("fsync", 1), ("rename", 1), ("fsync", 2), ("rename", 2), ("fsync", 3), ("rename", 3), ("fsync", 4)];

    private static readonly Func<HttpClient, string, Task<Answer>>[] Changes =
    [
        (admin, _) => admin.PostAnswerAsync("/images", Requests.Manifest()),
        (admin, _) => ImportAsync(admin, Guid.NewGuid()),
        (admin, uuid) => admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes([9, 9])),
        (admin, uuid) => admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([9, 9, 9], "image/png")),
        (admin, uuid) => admin.DeleteAnswerAsync($"/images/{uuid}/icon"),
        (admin, uuid) => admin.PostAnswerAsync($"/images/{uuid}?action=activate"),
        (admin, uuid) => admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { description = "changed" })),
        (admin, uuid) => admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { uuid = Guid.NewGuid(), description = "moved" })),
        (admin, uuid) => admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(new[] { Guid.NewGuid() })),
        (admin, uuid) => admin.DeleteAnswerAsync($"/images/{uuid}"),
    ];

    [Test]
    public async Task A_restart_shows_the_same_images_as_before_after_every_kind_of_fault()
    {
        Tools.Require("strace", "strace");
        using var folder = new TemporaryFolder();
        string[] shown;
        await using (var server = await ServerProcess.StartOnAsync(folder.Combine("data")))
        {
            foreach (var change in Changes)
            {
                foreach (var (call, step) in Faults)
                {
                    await ChangeAsync(server, change, $"{call}:error=EROFS:when={step}+");
                }
            }

            shown = await ShownAsync(server.Admin);
        }

        await using var next = await ServerProcess.StartOnAsync(folder.Combine("data"));
        Assert.That(await ShownAsync(next.Admin), Is.EqualTo(shown));
    }

    /// <summary>Changes an image with a file and an icon while the disk fails. A change that is refused before its last flush must not be shown.</summary>
    private static async Task ChangeAsync(ServerProcess server, Func<HttpClient, string, Task<Answer>> change, string fault)
    {
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid);
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
        var before = await ShownAsync(server.Admin);
        Answer answer;
        await using (await Strace.InjectAsync(server, fault, "unlink:error=EROFS", "rmdir:error=EROFS"))
        {
            answer = await change(server.Admin, uuid);
        }

        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
        {
            Assert.That(answer.Code, Is.EqualTo("StorageIsDown"), fault);
            var after = await ShownAsync(server.Admin);
            Assert.That(after, fault.StartsWith("fsync", StringComparison.Ordinal) ? Is.Not.Empty : Is.EqualTo(before), fault);
        }
    }

    private static Task<Answer> ImportAsync(HttpClient admin, Guid uuid) =>
        admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(("v", 2), ("uuid", uuid)));

    /// <summary>One text for each image, with its manifest, file and icon.</summary>
    private static async Task<string[]> ShownAsync(HttpClient admin)
    {
        var images = (await admin.GetAnswerAsync("/images?state=all")).Json.EnumerateArray().ToArray();
        return await Task.WhenAll(images.Select(async image =>
        {
            var url = $"/images/{image.GetProperty("uuid").GetString()}";
            return image.GetRawText() + (await admin.GetAnswerAsync($"{url}/file")).Text + (await admin.GetAnswerAsync($"{url}/icon")).Text;
        }));
    }
}
