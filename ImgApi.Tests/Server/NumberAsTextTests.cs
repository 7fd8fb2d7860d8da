using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Manifests with a number where the contract demands a text.</summary>
[TestFixture]
internal sealed class NumberAsTextTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("version", "1")]
    [TestCase("version", "1.0")]
    [TestCase("version", "20261124")]
    [TestCase("name", "7")]
    [TestCase("description", "1.50")]
    public async Task A_number_in_a_new_manifest_becomes_a_text(string key, string number) => AssertText(
        await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((key, JsonNode.Parse(number)))), key, number);

    [TestCase("version", "1")]
    [TestCase("version", "1.0")]
    [TestCase("version", "20261124")]
    [TestCase("name", "7")]
    [TestCase("description", "1.50")]
    public async Task A_number_in_an_imported_manifest_becomes_a_text(string key, string number)
    {
        var uuid = Uuid.New().ToString();
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), (key, JsonNode.Parse(number)));
        AssertText(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest), key, number);
    }

    [TestCase("version", "1")]
    [TestCase("version", "1.0")]
    [TestCase("version", "20261124")]
    [TestCase("name", "7")]
    [TestCase("description", "1.50")]
    public async Task A_number_in_an_update_becomes_a_text(string key, string number) => AssertText(
        await _server.Admin.ActAsync(await _server.Admin.CreateAsync(), "update", Requests.Json($$"""{"{{key}}":{{number}}}""")), key, number);

    [Test]
    public async Task An_import_is_completed_although_its_source_has_a_number_as_version()
    {
        var uuid = Uuid.New().ToString();
        await using var other = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("200 OK", [1, 2, 3])
            : exchange.SendJsonAsync($$"""
                {"v":2,"uuid":"{{uuid}}","name":"a","version":1.0,"type":"other","os":"other","state":"active",
                "files":[{"sha1":"{{ImageChain.Sha1([1, 2, 3])}}","size":3,"compression":"none"}]}
                """));
        await _server.Admin.ImportFromAsync(uuid, other.Address);
        Assert.That((await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, other.Address))).ErrorOf(), Is.Empty);
    }

    [TestCase("version", "true")]
    [TestCase("name", "[]")]
    public async Task A_boolean_or_a_list_instead_of_a_text_is_refused(string key, string value)
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Json(
            $$"""{"name":"a","version":"1","type":"other","os":"other","{{key}}":{{value}}}"""));
        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
    }

    private static void AssertText(Answer answer, string key, string text)
    {
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Json.GetProperty(key).GetString(), Is.EqualTo(text));
    }
}
