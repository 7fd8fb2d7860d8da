using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Each field error has a message that explains it.</summary>
[TestFixture]
internal sealed class ErrorMessageTests
{
    private TestServer _server = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _uuid = await _server.Admin.CreateAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static readonly string[] Fields =
    [
        "v", "owner", "name", "version", "description", "homepage", "eula", "disabled", "public", "type", "os", "acl", "requirements", "users",
        "billing_tags", "traits", "tags", "generate_passwords", "inherited_directories", "error", "nic_driver", "disk_driver", "cpu_type",
        "image_size", "published_at", "urn", "uuid", "state", "shiny",
    ];

    private static readonly string[] Values = ["true", "[]", "{}", "[5]", "null", "-1", "\"\"", "\"?+?\"", "\"null\"", "{\"a\":5}"];

    private static void AssertExplained(Answer answer, string what)
    {
        Assert.That((int)answer.Status, Is.LessThan(500), what);
        if ((int)answer.Status != 422)
        {
            return;
        }

        var errors = answer.Json.GetProperty("errors").EnumerateArray().ToArray();
        foreach (var error in errors)
        {
            Assert.That(error.TryGetProperty("message", out var message) && message.GetString() is { Length: > 5 }, $"{what}: {answer.Text}");
            Assert.That(error.GetProperty("message").GetString(), Does.Not.Contain("NaN"), what);
        }
    }

    [TestCaseSource(nameof(Fields))]
    public async Task Each_invalid_value_of_a_manifest_field_is_explained(string field)
    {
        foreach (var type in new[] { "zvol", "other" })
        {
            foreach (var value in Values)
            {
                var uuid = Uuid.New().ToString();
                var text = $$"""{"name":"a","version":"1","os":"other","type":"{{type}}","{{field}}":{{value}}}""";
                AssertExplained(await _server.Admin.PostAnswerAsync("/images", Requests.Json(text)), text);
                AssertExplained(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Json($$"""{"v":2,"uuid":"{{uuid}}",{{text[1..]}}""")), text);
                AssertExplained(await _server.Admin.PostAnswerAsync($"/images/{_uuid}?action=update", Requests.Json($$"""{"{{field}}":{{value}}}""")), text);
            }
        }
    }

    [TestCase("/images?limit=x")]
    [TestCase("/images?public=x")]
    [TestCase("/images?state=x")]
    [TestCase("/images?sort=x")]
    [TestCase("/images?marker=x")]
    [TestCase("/images?inclAdminFields=x")]
    [TestCase("/images/{0}?account=x")]
    [TestCase("/images/{0}/jobs?account=x")]
    [TestCase("/ping?error=x")]
    public async Task Each_invalid_parameter_of_a_read_is_explained(string url)
    {
        var answer = await _server.Admin.GetAnswerAsync(url.Replace("{0}", _uuid, StringComparison.Ordinal));
        Assert.That((int)answer.Status, Is.EqualTo(422));
        AssertExplained(answer, url);
    }

    [TestCase("/images")]
    [TestCase("/images?account=x")]
    [TestCase("/images?action=import-docker-image")]
    [TestCase("/images?action=import-docker-image&repo=%3f&tag=a")]
    [TestCase("/images?action=import-lxd-image")]
    [TestCase("/images?action=import-lxd-image&alias=a")]
    [TestCase("/images/{0}")]
    [TestCase("/images/{0}?action=update")]
    [TestCase("/images/{0}?action=import")]
    [TestCase("/images/{0}?action=import-remote")]
    [TestCase("/images/{0}?action=import-from-datacenter")]
    [TestCase("/images/{0}?action=change-stor")]
    [TestCase("/images/{0}?action=change-stor&stor=x")]
    [TestCase("/images/{0}?action=export")]
    [TestCase("/images/{0}?action=export&manta_path=x")]
    [TestCase("/images/{0}/acl")]
    [TestCase("/images/{0}/file/from-url?compression=x")]
    [TestCase("/images/{0}/file/from-url?compression=gzip")]
    public async Task Each_invalid_parameter_of_a_write_is_explained(string url)
    {
        var answer = await _server.Admin.PostAnswerAsync(url.Replace("{0}", _uuid, StringComparison.Ordinal));
        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
        AssertExplained(answer, url);
    }

    [TestCase("/images?action=bogus", "create-from-vm, import-docker-image, import-lxd-image")]
    [TestCase("/images/{0}?action=bogus", "activate, approve, reject, disable, enable, update, import, import-remote, import-from-datacenter, change-stor, export")]
    [TestCase("/images/{0}", "activate, approve, reject, disable, enable, update, import, import-remote, import-from-datacenter, change-stor, export")]
    [TestCase("/images/{0}/acl?action=bogus", "add, remove")]
    [TestCase("/state?action=bogus", "dropcaches")]
    [TestCase("/state", "dropcaches")]
    public async Task The_message_about_an_unknown_action_lists_the_actions(string url, string actions)
    {
        var answer = await _server.Admin.PostAnswerAsync(url.Replace("{0}", _uuid, StringComparison.Ordinal));
        Assert.That(answer.Message, Does.EndWith($"(must be one of {actions})"));
    }

    [Test]
    public async Task The_message_about_an_unknown_state_lists_the_states() => Assert.That(
        (await _server.Admin.GetAnswerAsync("/images?state=bogus")).Message,
        Is.EqualTo("invalid state: \"bogus\" (must be one of active, unactivated, disabled, failed, creating, all)"));
}
