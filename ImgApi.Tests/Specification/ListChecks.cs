using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Every test has a server of its own, since a list shows what other tests made.</summary>
[TestFixture]
internal sealed class ListChecks
{
    private const string AccountA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const string AccountB = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
    private const string UnknownUuid = "00000000-0000-4000-8000-000000000000";

    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    /// <summary>The names of the listed images in their order.</summary>
    private static async Task<string[]> NamesAsync(HttpClient client, string query)
    {
        var answer = await client.GetAnswerAsync($"/images?{query}");
        return answer.Json.ValueKind == System.Text.Json.JsonValueKind.Array
            ? [.. answer.Json.EnumerateArray().Select(image => image.GetProperty("name").GetString()!)]
            : throw new InvalidOperationException(answer.Text);
    }

    private Task<string[]> NamesAsync(string query) => NamesAsync(_server.Admin, query);

    private async Task<string> RefusalAsync(string query)
    {
        var answer = await _server.Anonymous.GetAnswerAsync($"/images?{query}");
        return $"{(int)answer.Status} {answer.Code} {string.Join(' ', answer.Errors)}";
    }

    /// <summary>Imports, so that the date can be chosen, uploads and activates.</summary>
    private async Task<string> PublishAsync(string name, string date, params (string Key, object? Value)[] more)
    {
        var uuid = Uuid.New().ToString();
        var manifest = Requests.Manifest([("v", 2), ("uuid", uuid), ("name", name), ("published_at", date), .. more]);
        var answer = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        await _server.Admin.UploadAsync(uuid);
        await _server.Admin.ActAsync(uuid, "activate");
        return uuid;
    }

    [Test]
    public async Task Check_139_and_140_only_known_users_see_more_than_active_images()
    {
        await _server.Admin.PublishAsync(("name", "active"));
        await _server.Admin.CreateAsync(("name", "new"));
        await _server.Admin.ActAsync(await _server.Admin.PublishAsync(("name", "off")), "disable");
        foreach (var query in new[] { "", "state=", "state=active", "state=all" })
        {
            Assert.That(await NamesAsync(_server.Anonymous, query), Is.EqualTo(new[] { "active" }), query);
        }

        foreach (var query in new[] { "state=disabled", "state=unactivated", "state=creating", "state=failed", "state=disabled&sort=name" })
        {
            Assert.That(await NamesAsync(_server.Anonymous, query), Is.Empty, query);
        }

        Assert.That(await RefusalAsync("state=bogus"), Is.EqualTo("422 InvalidParameter state:Invalid"));
        Assert.That(await RefusalAsync("state=active&state=active"), Is.EqualTo("422 InvalidParameter state:Invalid"));
        Assert.That(await NamesAsync("state=all"), Is.EquivalentTo(new[] { "active", "new", "off" }));
        Assert.That(await NamesAsync("state=disabled"), Is.EqualTo(new[] { "off" }));
        Assert.That(await NamesAsync("state=unactivated"), Is.EqualTo(new[] { "new" }));
        Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "active" }));
    }

    [Test]
    public async Task Check_141_and_142_name_version_type_and_os()
    {
        await _server.Admin.PublishAsync(("name", "base"), ("version", "1.2"));
        await _server.Admin.PublishAsync(("name", "database"), ("version", "21.0"), ("type", "lx-dataset"), ("os", "linux"));
        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync("name=base"), Is.EqualTo(new[] { "base" }));
            Assert.That(await NamesAsync("name=~base"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("name=~BASE"), Is.Empty);
            Assert.That(await NamesAsync("name=~"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("name="), Is.Empty);
            Assert.That(await NamesAsync("name=base&name=base"), Is.Empty);
            Assert.That(await NamesAsync("NAME=nothing"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("version=~1."), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("version=1.2"), Is.EqualTo(new[] { "base" }));
            Assert.That(await NamesAsync("type=!zone-dataset"), Is.EqualTo(new[] { "database" }));
            Assert.That(await NamesAsync("type=!"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("type=bogus"), Is.Empty);
            Assert.That(await NamesAsync("os=~smart"), Is.Empty);
            Assert.That(await NamesAsync("os=linux"), Is.EqualTo(new[] { "database" }));
            Assert.That(await NamesAsync("owner=bogus"), Is.Empty);
            Assert.That(await NamesAsync($"owner={Uuid.Zero}"), Has.Length.EqualTo(2));
        });
    }

    [Test]
    public async Task Check_143_tags_billing_tags_and_public()
    {
        await _server.Admin.PublishAsync(
            ("name", "one"), ("tags", JsonNode.Parse("""{"role":"db","n":5,"b":true,"o":{}}""")), ("billing_tags", new[] { "x", "y" }), ("public", true));
        await _server.Admin.PublishAsync(("name", "two"), ("tags", JsonNode.Parse("""{"role":"db"}""")), ("billing_tags", new[] { "x" }));
        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync("tag.role=db"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("tag.role=db&tag.n=5"), Is.EqualTo(new[] { "one" }));
            Assert.That(await NamesAsync("tag.b=true"), Is.EqualTo(new[] { "one" }));
            Assert.That(await NamesAsync("tag.o="), Is.EqualTo(new[] { "one" }));
            Assert.That(await NamesAsync("tag.role=web"), Is.Empty);
            Assert.That(await NamesAsync("billing_tag=x&billing_tag=y"), Is.EqualTo(new[] { "one" }));
            Assert.That(await NamesAsync("billing_tag=x"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("public=true"), Is.EqualTo(new[] { "one" }));
            Assert.That(await NamesAsync("public=false"), Is.EqualTo(new[] { "two" }));
            Assert.That(await RefusalAsync("public=foo"), Is.EqualTo("422 InvalidParameter public:Invalid"));
            Assert.That(await RefusalAsync("public="), Is.EqualTo("422 InvalidParameter public:Invalid"));
        });
    }

    [Test]
    public async Task Check_144_145_and_147_order_and_limit()
    {
        await PublishAsync("second", "2015-01-02T00:00:00Z");
        await PublishAsync("future", "2999-01-01T00:00:00.000Z");
        await PublishAsync("first", "2015-01-01T23:59:59.999Z");
        await PublishAsync("third", "2015-01-02T00:00:00.001Z");
        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync(""), Is.EqualTo(new[] { "first", "second", "third", "future" }));
            Assert.That(await NamesAsync("sort=published_at.desc&limit=2"), Is.EqualTo(new[] { "future", "third" }));
            Assert.That(await NamesAsync("sort=published_at.ASC&limit=1"), Is.EqualTo(new[] { "first" }));
            Assert.That(await NamesAsync("limit=1"), Is.EqualTo(new[] { "first" }));
            Assert.That(await NamesAsync("limit=0"), Has.Length.EqualTo(4));
            Assert.That(await NamesAsync("limit="), Has.Length.EqualTo(4));
            Assert.That(await NamesAsync("limit=0x2"), Has.Length.EqualTo(2));
            Assert.That(await NamesAsync("limit=1e3"), Has.Length.EqualTo(4));
            Assert.That(await RefusalAsync("limit=abc"), Is.EqualTo("422 InvalidParameter limit:Invalid"));
            Assert.That(await RefusalAsync("limit=-1"), Is.EqualTo("422 InvalidParameter limit:Invalid"));
            Assert.That(await RefusalAsync("limit=1&limit=2"), Is.EqualTo("422 InvalidParameter limit:Invalid"));
            Assert.That(await RefusalAsync("sort=name"), Is.EqualTo("422 InvalidParameter sort:Invalid"));
        });
    }

    [Test]
    public async Task Check_146_markers()
    {
        await PublishAsync("a", "2015-01-01T00:00:00Z");
        var b = await PublishAsync("b", "2015-01-02T00:00:00Z");
        await PublishAsync("c", "2015-01-03T00:00:00Z");
        Assert.Multiple(async () =>
        {
            Assert.That(await NamesAsync($"marker={b}"), Is.EqualTo(new[] { "b", "c" }));
            Assert.That(await NamesAsync($"marker={b}&limit=1"), Is.EqualTo(new[] { "b" }));
            Assert.That(await NamesAsync($"marker={b}&sort=published_at.desc"), Is.EqualTo(new[] { "b", "a" }));
            Assert.That(await NamesAsync("marker=2015-01-02"), Is.EqualTo(new[] { "b", "c" }));
            Assert.That(await NamesAsync("marker=2015-01-02T00:00:00.001Z"), Is.EqualTo(new[] { "c" }));
            Assert.That(await NamesAsync("marker=2015-01-02&sort=published_at.desc"), Is.EqualTo(new[] { "b", "a" }));
            Assert.That(await RefusalAsync("marker=foo"), Is.EqualTo("422 InvalidParameter marker:Invalid"));
        });
        var unknown = await _server.Anonymous.GetAnswerAsync($"/images?marker={UnknownUuid}");
        Assert.That(unknown.Message, Is.EqualTo($"image {UnknownUuid} not found"));
    }

    [Test]
    public async Task Pages_hold_every_image_once_even_when_all_have_one_date()
    {
        for (var i = 0; i < 7; i++)
        {
            await PublishAsync($"image-{i}", "2015-01-01T00:00:00Z");
        }

        var seen = new List<string>();
        for (string? last = null; ;)
        {
            var page = (await _server.Anonymous.GetAnswerAsync($"/images?limit=3&marker={last}")).Json.EnumerateArray()
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
    public async Task Check_148_admin_fields_need_credentials()
    {
        var uuid = await _server.Admin.PublishAsync();
        foreach (var path in new[] { "/images", $"/images/{uuid}" })
        {
            Assert.That((int)(await _server.Anonymous.GetAnswerAsync($"{path}?inclAdminFields=true")).Status, Is.EqualTo(401));
            Assert.That((await _server.Admin.GetAnswerAsync($"{path}?inclAdminFields=true")).Text, Does.Contain("\"stor\": \"local\""));
            Assert.That((await _server.Admin.GetAnswerAsync($"{path}?inclAdminFields=false")).Text, Does.Not.Contain("stor\""));
            Assert.That((await _server.Admin.GetAnswerAsync($"{path}?inclAdminFields=foo")).Errors, Is.EqualTo(new[] { "inclAdminFields:Invalid" }));
        }
    }

    [Test]
    public async Task Check_149_and_150_the_view_of_an_account()
    {
        await using var server = await TestServer.StartAsync(ServerMode.Dc);
        await server.Admin.PublishAsync(("name", "own"), ("owner", AccountA));
        await server.Admin.CreateAsync(("name", "own-new"), ("owner", AccountA));
        await server.Admin.PublishAsync(("name", "public"), ("owner", AccountB), ("public", true));
        await server.Admin.PublishAsync(("name", "shared"), ("owner", AccountB), ("acl", new[] { AccountA }));
        await server.Admin.PublishAsync(("name", "private"), ("owner", AccountB));
        await server.Admin.CreateAsync(("name", "their-new"), ("owner", AccountB), ("public", true));
        await server.Admin.ActAsync(await server.Admin.PublishAsync(("name", "off"), ("owner", AccountB), ("public", true)), "disable");
        async Task<string[]> View(string query) => [.. (await NamesAsync(server.Anonymous, query)).Order()];
        Assert.Multiple(async () =>
        {
            Assert.That(await View($"account={AccountA}"), Is.EqualTo(new[] { "own", "public", "shared" }));
            Assert.That(await View($"account={AccountA}&state=all"), Is.EqualTo(new[] { "off", "own", "own-new", "public", "shared" }));
            Assert.That(await View($"account={AccountA}&state=disabled"), Is.Empty);
            Assert.That(await View($"account={AccountA}&state=unactivated"), Is.EqualTo(new[] { "own-new" }));
            Assert.That(await View($"account={AccountA}&owner={AccountB}"), Is.EqualTo(new[] { "public", "shared" }));
            Assert.That(await View($"account={AccountA}&owner={AccountA}"), Is.EqualTo(new[] { "own" }));
            Assert.That(await View($"account={AccountA}&public=false"), Is.EqualTo(new[] { "own", "shared" }));
            Assert.That(await View("account=bogus"), Is.EqualTo(new[] { "public" }));
        });
    }

    [Test]
    public async Task A_list_is_the_single_manifests_indented_once_more()
    {
        var uuid = await _server.Admin.PublishAsync(("description", "two\nlines"));
        await _server.Admin.PublishAsync();
        var one = (await _server.Anonymous.GetAnswerAsync($"/images/{uuid}")).Text;
        var list = await _server.Anonymous.GetAnswerAsync("/images");
        Assert.That(list.Text, Does.Contain("  " + one.Replace("\n", "\n  ", StringComparison.Ordinal)));
        Assert.That(list.Text, Does.StartWith("[\n  {\n    \"v\": 2,").And.EndWith("\n  }\n]"));
        Assert.That(list.Header("Content-Length"), Is.EqualTo($"{list.Bytes.Length}"));
    }
}
