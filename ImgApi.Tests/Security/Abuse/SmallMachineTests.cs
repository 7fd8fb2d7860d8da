using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>A server with little memory and many images.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "needs control groups")]
[Category("Slow")]
internal sealed class SmallMachineTests
{
    private const int Images = 20_000;
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task In_256_MiB_a_hundred_clients_that_do_not_read_a_list_of_12_MB_do_not_disturb_others()
    {
        using var folder = new TemporaryFolder();
        MakeImages(folder);
        using var limit = MemoryLimit.Of(256 * MiB);
        await using var server = await ServerProcess.StartOnAsync(folder.Combine("data"), limit.Wrapper);
        // The list is kept in memory from the second answer on.
        Assert.That((await server.Admin.GetAnswerAsync("/images")).Bytes, Has.Length.GreaterThan(12_000_000));
        using var slow = await Clients.ConnectAsync(server.Address, 100, "GET /images HTTP/1.1\r\nHost: x\r\n\r\n", receiveBuffer: 4096);
        await slow.AllHaveAnAnswerAsync();

        Assert.That((await server.Admin.GetAnswerAsync("/images")).Json.GetArrayLength(), Is.EqualTo(Images));
        var uuid = await server.Admin.CreateAsync();
        Assert.That((await server.Admin.UploadAsync(uuid, new byte[8 * MiB])).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Has.Length.EqualTo(8 * MiB));
    }

    private static void MakeImages(TemporaryFolder folder)
    {
        for (var i = 0; i < Images; i++)
        {
            var uuid = new Guid(i, 0, 0, new byte[8]);
            folder.Write($"data/{uuid}/manifest.json", $$"""
                {"v":2,"uuid":"{{uuid}}","owner":"{{Guid.Empty}}","name":"image-{{i}}","version":"1","type":"zone-dataset","os":"smartos","state":"active",
                "public":true,"disabled":false,"published_at":"2026-01-01T00:00:00.000Z","files":[],"description":"{{new string('x', 300)}}"}
                """);
        }
    }
}
