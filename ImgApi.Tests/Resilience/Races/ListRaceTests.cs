using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>Lists while images are created, changed and deleted: no image is incomplete, and no stable image is missing.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ListRaceTests
{
    private const int Stable = 20;
    private const int Passing = 40;
    private const int PageSize = 7;

    private readonly List<string> _stable = [];
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        for (var i = 0; i < Stable; i++)
        {
            _stable.Add(await _server.Admin.PublishAsync(("name", "stable")));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Every_list_and_every_paged_list_has_each_stable_image_once_and_no_incomplete_image()
    {
        var passing = Task.WhenAll(PassAsync(), PassAsync());
        await Race.RunAsync(3, async number =>
        {
            await Race.DuringAsync(passing, async () => Check(number == 0 ? await WalkAsync() : await PageAsync("/images?state=all")));
            return number;
        });
    }

    /// <summary>Creates, changes and deletes images while others list.</summary>
    private async Task PassAsync()
    {
        for (var i = 0; i < Passing; i++)
        {
            var uuid = await _server.Admin.CreateAsync(("name", "passing"));
            await _server.Admin.UploadAsync(uuid);
            await _server.Admin.ActAsync(uuid, "activate");
            await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { description = "passing" }));
            await _server.Admin.ActAsync(uuid, "disable");
            Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    private async Task<JsonElement[]> PageAsync(string url)
    {
        var answer = await _server.Admin.GetAnswerAsync(url);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        return [.. answer.Json.EnumerateArray()];
    }

    /// <summary>
    /// Gets page after page of the active images, each from the last stable image of the page before. Passing images are newer than all
    /// stable ones, so they do not come between them, and each page shows at least one more stable image.
    /// </summary>
    private async Task<JsonElement[]> WalkAsync()
    {
        var seen = new List<JsonElement>(await PageAsync($"/images?limit={PageSize}"));
        while (seen.Count(IsStable) < Stable)
        {
            var marker = seen.Last(IsStable).GetProperty("uuid").GetString();
            var page = await PageAsync($"/images?limit={PageSize}&marker={marker}");
            Assert.That(page[0].GetProperty("uuid").GetString(), Is.EqualTo(marker));
            Assert.That(page.Count(IsStable), Is.GreaterThan(1));
            seen.AddRange(page[1..]);
        }

        return [.. seen];
    }

    private static bool IsStable(JsonElement image) => image.GetProperty("name").GetString() == "stable";

    private void Check(JsonElement[] images)
    {
        Assert.That(images.Where(IsStable).Select(image => image.GetProperty("uuid").GetString()), Is.EquivalentTo(_stable));
        foreach (var image in images)
        {
            var (state, files) = (image.GetProperty("state").GetString(), image.GetProperty("files").GetArrayLength());
            var isActivated = state is "active" or "disabled";
            Assert.That(isActivated && files == 0, Is.False, image.ToString());
            Assert.That(image.TryGetProperty("published_at", out _), Is.EqualTo(isActivated), image.ToString());
            Assert.That(image.GetProperty("disabled").GetBoolean(), Is.EqualTo(state == "disabled"), image.ToString());
        }
    }
}
