using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>The free space in <c>/health</c>.</summary>
[TestFixture]
internal sealed class RoomHealthTests
{
    private const long MoreThanAnyDisk = 1L << 60;

    private static Task<TestServer> StartAsync(long minFree) =>
        TestServer.StartAsync(configure: configuration => configuration with { Room = new DiskSpaceRules { MinFree = minFree } });

    [TestCase(MoreThanAnyDisk, "degraded")]
    [TestCase(1, "ok")]
    public async Task A_server_whose_free_space_nears_minFree_is_degraded(long minFree, string status)
    {
        await using var server = await StartAsync(minFree);
        Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("status").GetString(), Is.EqualTo(status));
    }

    [Test]
    public async Task A_warning_tells_users_how_much_space_is_left()
    {
        await using var server = await StartAsync(MoreThanAnyDisk);
        var warnings = (await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString());
        Assert.That(warnings, Has.Some.Match(@"^only [\d.]+ [KMGT]iB are free, and uploads are refused when less than 1048576 TiB is left$"));
    }
}
