using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Pages of a list, and its text.</summary>
[TestFixture]
internal sealed class ListPageChecks() : ListFixture
{
    [OneTimeSetUp]
    public async Task PublishSevenAtOnceAsync()
    {
        for (var i = 0; i < 7; i++)
        {
            await PublishAsync($"image-{i}", "2015-01-01T00:00:00Z");
        }
    }

    [Test]
    public async Task Pages_hold_every_image_once_even_if_all_have_one_date()
    {
        var seen = new List<string>();
        for (string? last = null; ;)
        {
            var page = (await Anonymous.GetAnswerAsync($"/images?limit=3&marker={last}")).Json.EnumerateArray()
                .Select(image => image.GetProperty("uuid").GetString()!).Where(uuid => uuid != last).ToArray();
            if (page.Length == 0)
            {
                break;
            }

            seen.AddRange(page);
            last = page[^1];
        }

        Assert.That(seen, Has.Count.EqualTo(7).And.Unique);
    }

    [Test]
    public async Task A_list_consists_of_the_single_manifests_with_more_indentation()
    {
        var list = await Anonymous.GetAnswerAsync("/images");
        var uuid = list.Json[3].GetProperty("uuid").GetString();
        var one = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Text;
        Assert.That(list.Text, Does.Contain("  " + one.Replace("\n", "\n  ", StringComparison.Ordinal)));
        Assert.That(list.Text, Does.StartWith("[\n  {\n    \"v\": 2,").And.EndWith("\n  }\n]"));
        Assert.That(list.Header("Content-Length"), Is.EqualTo($"{list.Bytes.Length}"));
    }
}
