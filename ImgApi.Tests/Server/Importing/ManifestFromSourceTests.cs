using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>The import of a manifest from another server (contract 5.18, form B).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ManifestFromSourceTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const string NoServer = "http://127.0.0.1:1";

    private static string Unable(string uuid, string reason) => $"Unable to get manifest for image {uuid}. Error from remote: {reason}";

    [Test]
    [Check(160)]
    public async Task An_import_from_a_source_creates_an_image_that_is_not_activated()
    {
        var answer = await Admin.ImportFromAsync(Chain.Base, Source.Address);
        AssertOk(answer);
        var there = (await Source.Anonymous.GetAnswerAsync($"/images/{Chain.Base}")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
            Assert.That(answer.Json.GetProperty("files").GetArrayLength(), Is.Zero);
            Assert.That(answer.Json.GetProperty("published_at").GetString(), Is.EqualTo(there.GetProperty("published_at").GetString()));
            Assert.That(answer.Header("ETag"), Is.Not.Null);
        });
    }

    [Test]
    [Check(160)]
    public async Task An_image_that_the_source_does_not_have_is_a_remote_error()
    {
        var unknown = Uuid.New().ToString();
        AssertRefused(
            await Admin.ImportFromAsync(unknown, Source.Address), 503, "RemoteSourceError", Unable(unknown, $"image {unknown} not found"));
    }

    [Test]
    public async Task A_manifest_is_imported_before_its_origin() => AssertOk(await Admin.ImportFromAsync(Chain.Top, Source.Address));

    [Test]
    public async Task An_account_is_refused_before_other_parameters_are_checked() => AssertRefused(
        await Admin.ImportFromAsync(Chain.Base, NoServer, $"&account={Account}&skip_owner_check=x"), 403, "OperatorOnly");

    [Test]
    public async Task An_invalid_parameter_is_refused_before_the_source_is_asked() =>
        AssertRefused(await Admin.ImportFromAsync(Chain.Base, NoServer, "&skip_owner_check=x"), 422, "InvalidParameter");

    [Test]
    public async Task The_source_is_asked_before_the_uuid_is_checked_for_a_conflict()
    {
        AssertOk(await Admin.ImportFromAsync(Chain.Base, Source.Address));
        AssertRefused(await Admin.ImportFromAsync(Chain.Base, NoServer), 503, "RemoteSourceError", Unable(Chain.Base, "Connection refused"));
    }

    [Test]
    public async Task A_second_import_of_an_image_is_a_conflict()
    {
        AssertOk(await Admin.ImportFromAsync(Chain.Base, Source.Address));
        AssertRefused(
            await Admin.ImportFromAsync(Chain.Base, Source.Address), 409, "ImageUuidAlreadyExists", $"image uuid \"{Chain.Base}\" already exists");
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://example.com")]
    [TestCase("somewhere")]
    [TestCase("http://")]
    public async Task A_source_that_is_not_an_http_url_is_refused(string source) => AssertRefused(
        await Admin.ImportFromAsync(Chain.Base, source), 503, "RemoteSourceError", Unable(Chain.Base, "the source is not an http or https URL"));

    [TestCase("200 OK", "<html></html>", "the answer is not a JSON object")]
    [TestCase("200 OK", "[]", "the answer is not a JSON object")]
    [TestCase("200 OK", "", "the answer is not a JSON object")]
    [TestCase("200 OK", "{\"uuid\":\"\\ud800\"}", "the answer is not a JSON object")]
    [TestCase("200 OK", "{}", "the answer is not the manifest of that image")]
    [TestCase("200 OK", "{\"uuid\":\"00000000-0000-0000-0000-000000000000\"}", "the answer is not the manifest of that image")]
    [TestCase("302 Found\r\nLocation: http://127.0.0.1:1/", "", "HTTP 302, a redirect, which is not followed")]
    [TestCase("404 Not Found", "<html></html>", "HTTP 404")]
    [TestCase("500 Oh no", "{\"code\":\"InternalError\",\"message\":\"boom\"}", "boom")]
    [TestCase("200 OK\r\nContent-Length: 100", "{", "The response ended prematurely")]
    public async Task An_answer_of_the_source_without_the_manifest_is_a_remote_error(string head, string body, string reason)
    {
        await using var source = ScriptedServer.Saying(head, body);
        var answer = await Admin.ImportFromAsync(Chain.Base, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.StartWith(Unable(Chain.Base, reason)));
    }

    [Test]
    public async Task A_manifest_above_4_mib_is_not_read_to_its_end()
    {
        await using var source = ScriptedServer.Saying("200 OK", "{\"a\":\"" + new string('x', 5_000_000) + "\"}");
        AssertRefused(
            await Admin.ImportFromAsync(Chain.Base, source.Address), 503, "RemoteSourceError", Unable(Chain.Base, "the answer exceeds 4 MiB"));
    }

    [Test]
    public async Task Unknown_fields_of_a_manifest_at_the_source_are_left_out()
    {
        await using var newer = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(
            Chain.Base, ""","shiny":{"new":1},"icon":true,"channels":["dev"],"files":[{"sha1":"x"}],"activated":true""")));
        var answer = await Admin.ImportFromAsync(Chain.Base, newer.Address);
        AssertOk(answer);
        Assert.That(answer.Keys, Does.Not.Contain("shiny").And.Not.Contain("icon").And.Not.Contain("channels"));
    }

    [Test]
    public async Task An_invalid_field_of_a_manifest_at_the_source_is_named()
    {
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(Chain.Top).Replace("\"a\"", "\"a+b\"", StringComparison.Ordinal)));
        var answer = await Admin.ImportFromAsync(Chain.Top, source.Address);
        AssertRefused(answer, 422, "ValidationFailed");
        Assert.That(answer.Errors, Is.EqualTo(new[] { "name:Invalid" }));
    }

    [Test]
    public async Task A_manifest_in_the_old_format_is_upgraded()
    {
        await using var old = new ScriptedServer(exchange => exchange.SendJsonAsync(
            $$"""{"uuid":"{{Chain.Base}}","creator_uuid":"{{Account}}","name":"a","version":"1","type":"zone-dataset","os":"smartos","created_at":"2012-05-02T15:15Z"}"""));
        var answer = await Admin.ImportFromAsync(Chain.Base, old.Address);
        AssertOk(answer);
        Assert.That(answer.Json.GetProperty("published_at").GetString(), Is.EqualTo("2012-05-02T15:15:00Z"));
    }

    [Test]
    public async Task A_source_receives_path_prefix_channel_credentials_and_request_id()
    {
        await using var source = new ScriptedServer(exchange => exchange.SendAsync("401 Unauthorized"));
        var url = $"http://me:p%40ss%2Fword@{source.Address.Authority}/some/prefix/?channel=my%20dev";
        await Admin.PostAnswerAsync(
            $"/images/{Chain.Base}?action=import&source={Uri.EscapeDataString(url)}", null, ("x-request-id", "hello"));
        var request = source.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Target, Is.EqualTo($"/some/prefix/images/{Chain.Base}?channel=my%20dev"));
            Assert.That(request.Header("Authorization"), Is.EqualTo(TestServer.Basic("me", "p@ss/word").ToString()));
            Assert.That(request.Header("accept-version"), Is.EqualTo("*"));
            Assert.That(request.Header("x-request-id"), Is.EqualTo("hello"));
            Assert.That(request.Header("User-Agent"), Does.StartWith("imgapi/"));
            Assert.That(request.Header("traceparent"), Is.Null);
        });
    }

    [Test]
    public async Task A_refusal_by_the_source_does_not_show_its_credentials()
    {
        await using var source = ScriptedServer.Saying("401 Unauthorized");
        AssertRefused(
            await Admin.ImportFromAsync(Chain.Base, $"http://me:p%40ss%2Fword@{source.Address.Authority}/"), 503, "RemoteSourceError",
            Unable(Chain.Base, "HTTP 401"));
    }

    [Test]
    public async Task An_import_from_a_source_does_not_replace_a_placeholder()
    {
        await CreatePlaceholderAsync();
        AssertRefused(await Admin.ImportFromAsync(Chain.Base, Source.Address), 409, "ImageUuidAlreadyExists");
    }

    [Test]
    public async Task An_import_of_a_sent_manifest_replaces_a_placeholder_with_its_file_and_icon()
    {
        await CreatePlaceholderAsync();
        var answer = await Admin.ActAsync(Chain.Base, "import", Requests.Manifest(("v", 2), ("uuid", Chain.Base), ("name", "real")));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("name").GetString(), Is.EqualTo("real"));
            Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
            Assert.That(answer.Header("ETag"), Is.Null);
            Assert.That(answer.Keys, Does.Not.Contain("icon"));
        });
        await AssertNoFileIsKeptAsync(Chain.Base);
    }

    private async Task CreatePlaceholderAsync()
    {
        await Admin.ActAsync(Chain.Base, "import", Requests.Manifest(("v", 2), ("uuid", Chain.Base), ("name", "placeholder")));
        await Admin.UploadAsync(Chain.Base);
        await Admin.PutAnswerAsync($"/images/{Chain.Base}/icon", Requests.Bytes([1], "image/png"));
        await Admin.ActAsync(Chain.Base, "update", Requests.Json("""{"state":"creating"}"""));
    }
}
