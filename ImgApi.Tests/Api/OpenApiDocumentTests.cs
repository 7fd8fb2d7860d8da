using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Errors;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api;

[TestFixture]
internal sealed class OpenApiDocumentTests
{
    private TestServer _server = null!;
    private JsonElement _document;

    [OneTimeSetUp]
    public async Task FetchAsync()
    {
        _server = await TestServer.StartAsync();
        _document = (await _server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Json;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task It_is_valid_by_an_independent_validator()
    {
        using var temporary = new TemporaryFolder();
        var file = Path.Combine(temporary.Path, "openapi.json");
        await File.WriteAllTextAsync(file, _document.GetRawText());
        var (code, output, error) = await NodeScripts.RunAsync("validate-openapi.js", file);
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("valid OpenAPI 3"));
    }

    [Test]
    public void It_shows_every_operation_once()
    {
        var operations = from path in _document.GetProperty("paths").EnumerateObject()
                         from method in path.Value.EnumerateObject()
                         select $"{method.Name.ToUpperInvariant()} {path.Name} {method.Value.GetProperty("operationId")}";
        Assert.That(operations, Is.EquivalentTo(new[]
        {
            "GET /ping Ping", "GET /images ListImages", "POST /images CreateImage", "GET /images/{uuid} GetImage",
            "POST /images/{uuid} ImageAction", "DELETE /images/{uuid} DeleteImage", "GET /images/{uuid}/file GetImageFile",
            "PUT /images/{uuid}/file AddImageFile", "GET /images/{uuid}/icon GetImageIcon", "PUT /images/{uuid}/icon AddImageIcon",
            "POST /images/{uuid}/icon AddImageIconByPost", "DELETE /images/{uuid}/icon DeleteImageIcon",
            "POST /images/{uuid}/acl ChangeImageAcl", "POST /images/{uuid}/push AdminPushDockerImage",
            "GET /state AdminGetState", "GET /health GetHealth", "GET /metrics GetMetrics", "POST /state AdminUpdateState",
            "POST /authkeys/reload AdminReloadAuthKeys",
            "POST /images/{uuid}/file/from-url AddImageFileFromUrl", "GET /jobs/{uuid} GetJob", "GET /images/{uuid}/jobs ListImageJobs",
        }));
    }

    [Test]
    public void The_actions_of_an_image_are_a_choice()
    {
        var action = Operation("/images/{uuid}", "post").GetProperty("parameters").EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "action");
        Assert.That(action.GetProperty("required").GetBoolean(), Is.True);
        Assert.That(
            action.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()),
            Is.EqualTo(new[]
            {
                "activate", "disable", "enable", "update", "import", "import-remote", "import-from-datacenter", "channel-add", "change-stor",
                "export",
            }));
    }

    [Test]
    public void Statuses_name_their_error_codes()
    {
        var answers = Operation("/images/{uuid}", "post").GetProperty("responses");
        Assert.That(answers.GetProperty("409").GetProperty("description").GetString(), Does.Contain(ErrorCode.ImageUuidAlreadyExists.Name));
        Assert.That(answers.GetProperty("503").GetProperty("description").GetString(), Does.Contain(ErrorCode.RemoteSource.Name));
        Assert.That(answers.GetProperty("422").GetProperty("description").GetString(), Does.Contain(ErrorCode.NoActivationNoFile.Name));
    }

    [Test]
    public void Writes_need_credentials_and_reads_can_do_without()
    {
        Assert.That(Operation("/images", "post").GetProperty("security").GetArrayLength(), Is.EqualTo(1));
        Assert.That(Operation("/images", "get").GetProperty("security").GetRawText(), Does.Contain("{ }").Or.Contain("{}"));
        Assert.That(Operation("/images/{uuid}/file", "get").TryGetProperty("security", out _), Is.False);
        Assert.That(Operation("/images/{uuid}/file/from-url", "post").GetProperty("security").GetArrayLength(), Is.EqualTo(1));
        Assert.That(Operation("/jobs/{uuid}", "get").TryGetProperty("security", out _), Is.False);
    }

    [Test]
    public void Both_schemes_are_described()
    {
        var schemes = _document.GetProperty("components").GetProperty("securitySchemes");
        Assert.That(schemes.GetProperty("Basic").GetProperty("scheme").GetString(), Is.EqualTo("basic"));
        Assert.That(schemes.GetProperty("Signature").GetProperty("name").GetString(), Is.EqualTo("Authorization"));
        Assert.That(schemes.GetProperty("Signature").GetProperty("description").GetString(), Does.Contain("keyId=").And.Contain("date: VALUE"));
    }

    [TestCase(ReadAccess.Open, "/images", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    [TestCase(ReadAccess.Open, "/images/{uuid}/file", null)]
    [TestCase(ReadAccess.Private, "/images/{uuid}/file", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    [TestCase(ReadAccess.All, "/images/{uuid}/file", "[{\"Basic\":[]},{\"Signature\":[]}]")]
    [TestCase(ReadAccess.All, "/images", "[{\"Basic\":[]},{\"Signature\":[]}]")]
    [TestCase(ReadAccess.All, "/ping", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    public async Task An_operation_shows_what_this_server_asks_for(ReadAccess access, string path, string? expected)
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { ReadAccess = access, KeyFolder = folder.Path });
        var document = (await server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Json;
        var operation = document.GetProperty("paths").GetProperty(path).GetProperty("get");
        var shown = operation.TryGetProperty("security", out var security) ? JsonSerializer.Serialize(security) : null;
        Assert.That(shown, Is.EqualTo(expected));
    }

    [Test]
    public async Task The_examples_work()
    {
        var created = await TryAsync("/images", "/images");
        await TryAsync("/images/{uuid}", $"/images/{created.Uuid}?action=update");
        await TryAsync("/images/{uuid}/acl", $"/images/{created.Uuid}/acl?action=add");
    }

    private async Task<Answer> TryAsync(string path, string url)
    {
        var content = Operation(path, "post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var answer = await _server.Admin.PostAnswerAsync(url, Requests.Json(content.GetProperty("example").GetRawText()));
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        return answer;
    }

    private JsonElement Operation(string path, string method) => _document.GetProperty("paths").GetProperty(path).GetProperty(method);
}
