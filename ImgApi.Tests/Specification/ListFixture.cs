using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Lists images by name. A fixture makes its images before its tests, and no test adds one.</summary>
internal abstract class ListFixture(ServerMode mode = ServerMode.Mixed) : ContractFixture(mode)
{
    /// <summary>The names of the listed images, in the order of the list.</summary>
    protected static async Task<string[]> NamesAsync(HttpClient client, string query)
    {
        var answer = await client.GetAnswerAsync($"/images?{query}");
        return answer.Json.ValueKind == JsonValueKind.Array
            ? [.. answer.Json.EnumerateArray().Select(image => image.GetProperty("name").GetString()!)]
            : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>Asserts that the list has these images in any order; names are in alphabetical order, separated by spaces.</summary>
    protected static async Task AssertListedAsync(HttpClient client, string query, string names) =>
        Assert.That(string.Join(' ', (await NamesAsync(client, query)).Order(StringComparer.Ordinal)), Is.EqualTo(names));

    protected async Task AssertQueryRefusedAsync(string query, string error) =>
        AssertRefused(await Anonymous.GetAnswerAsync($"/images?{query}"), 422, "InvalidParameter", error);

    /// <summary>Publishes an image with this date of publication, which only an import can set.</summary>
    protected async Task<string> PublishAsync(string name, string date)
    {
        var uuid = Uuid.New().ToString();
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("name", name), ("published_at", date));
        AssertImage(await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest));
        await Admin.UploadAsync(uuid);
        await Admin.ActAsync(uuid, "activate");
        return uuid;
    }
}
