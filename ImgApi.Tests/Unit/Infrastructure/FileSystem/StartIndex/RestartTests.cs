using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>Whole servers that start one after the other on one data folder.</summary>
[TestFixture]
internal sealed class RestartTests
{
    [Test]
    public async Task A_server_that_starts_from_the_index_answers_the_same_list_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        using var log = new LogRecorder();
        string list;
        await using (var server = await StartAsync(folder.Path, log))
        {
            var uuid = await server.Admin.CreateAsync(("tags", new { a = "é", b = 1.50 }), ("requirements", new { networks = new[] { new { name = "net0", description = "public" } } }));
            await server.Admin.UploadAsync(uuid, [1, 2, 3]);
            await server.Admin.ActAsync(uuid, "activate");
            await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
            list = await ListAsync(server);
        }

        await using (var server = await StartAsync(folder.Path, log))
        {
            await Eventually.TrueAsync(() => File.Exists(folder.Combine(FileNames.Index)));
            Assert.That(await ListAsync(server), Is.EqualTo(list));
        }

        Assert.That(log.Lines, Has.None.Contains("1 of 1 images came from the index"));
        await using var last = await StartAsync(folder.Path, log);
        Assert.That(await ListAsync(last), Is.EqualTo(list));
        Assert.That(log.Lines, Has.Some.Contains("1 of 1 images came from the index"));
    }

    private static async Task<string> ListAsync(TestServer server) => (await server.Admin.GetAnswerAsync("/images?state=all")).Text;

    private static Task<TestServer> StartAsync(string folder, LogRecorder log) => TestServer.StartAsync(
        dataFolder: folder,
        configure: configuration => configuration with { LogLevel = LogLevel.Debug },
        replace: services => services.AddSingleton<ILoggerProvider>(log).AddSingleton(new IndexRules { MinAge = IndexedFolder.AnyAge }));
}
