using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The OpenAPI document, which <c>/swagger</c> shows.</summary>
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
    public async Task The_document_is_valid_according_to_an_independent_validator()
    {
        using var temporary = new TemporaryFolder();
        var file = Path.Combine(temporary.Path, "openapi.json");
        await File.WriteAllTextAsync(file, _document.GetRawText());
        var (code, output, error) = await NodeScripts.RunAsync("validate-openapi.js", file);
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("valid OpenAPI 3"));
    }

    [Test]
    public void The_document_has_every_operation_once()
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
            "GET /state AdminGetState", "GET /health GetHealth", "GET /usage ListUsage", "GET /approvals ListApprovals", "GET /audit ListAudit", "GET /metrics GetMetrics", "POST /state AdminUpdateState",
            "POST /authkeys/reload AdminReloadAuthKeys",
            "OPTIONS /images/{uuid}/file/uploads GetUploadOptions", "POST /images/{uuid}/file/uploads CreateUpload",
            "OPTIONS /images/{uuid}/file/uploads/{upload} GetUploadOptionsOfOne", "HEAD /images/{uuid}/file/uploads/{upload} GetUpload",
            "PATCH /images/{uuid}/file/uploads/{upload} AppendToUpload", "DELETE /images/{uuid}/file/uploads/{upload} DeleteUpload",
            "POST /images/{uuid}/file/from-url AddImageFileFromUrl", "GET /jobs ListJobs", "GET /jobs/{uuid} GetJob", "DELETE /jobs/{uuid} CancelJob", "GET /images/{uuid}/jobs ListImageJobs",
        }));
    }

    [Test]
    public void An_action_on_an_image_shows_the_answer_of_one_that_waits_for_approval() =>
        Assert.That(Operation("/images/{uuid}", "post").GetProperty("responses").TryGetProperty("202", out _), Is.True);

    [Test]
    public void The_action_of_an_image_is_a_required_choice()
    {
        var action = Operation("/images/{uuid}", "post").GetProperty("parameters").EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "action");
        Assert.That(action.GetProperty("required").GetBoolean(), Is.True);
        Assert.That(
            action.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()),
            Is.EqualTo(new[]
            {
                "activate", "approve", "reject", "disable", "enable", "update", "import", "import-remote", "import-from-datacenter", "channel-add", "change-stor",
                "export",
            }));
    }

    [Test]
    public void Every_operation_has_a_summary()
    {
        var bare = from path in _document.GetProperty("paths").EnumerateObject()
                   from operation in path.Value.EnumerateObject()
                   where !HasText(operation.Value, "summary")
                   select $"{operation.Name} {path.Name}";
        Assert.That(bare, Is.Empty);
    }

    [Test]
    public void Every_parameter_has_a_description()
    {
        var bare = from path in _document.GetProperty("paths").EnumerateObject()
                   from operation in path.Value.EnumerateObject()
                   where operation.Value.TryGetProperty("parameters", out _)
                   from parameter in operation.Value.GetProperty("parameters").EnumerateArray()
                   where !HasText(parameter, "description")
                   select $"{operation.Name} {path.Name} {parameter.GetProperty("name")}";
        Assert.That(bare, Is.Empty);
    }

    [Test]
    public void Every_property_of_a_body_has_a_description()
    {
        var bare = from schema in _document.GetProperty("components").GetProperty("schemas").EnumerateObject()
                   where schema.Value.TryGetProperty("properties", out _)
                   from property in schema.Value.GetProperty("properties").EnumerateObject()
                   where !HasText(property.Value, "description") && !property.Value.TryGetProperty("$ref", out _)
                   select $"{schema.Name} {property.Name}";
        Assert.That(bare, Is.Empty);
    }

    private static bool HasText(JsonElement parent, string name) => parent.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 };

    [TestCase("409", "ImageUuidAlreadyExists")]
    [TestCase("503", "RemoteSourceError")]
    [TestCase("422", "NoActivationNoFile")]
    public void A_status_lists_its_error_codes(string status, string code) => Assert.That(
        Operation("/images/{uuid}", "post").GetProperty("responses").GetProperty(status).GetProperty("description").GetString(), Does.Contain(code));

    [TestCase("/images", "post")]
    [TestCase("/images/{uuid}/file/from-url", "post")]
    public void A_write_needs_credentials(string path, string method) =>
        Assert.That(Operation(path, method).GetProperty("security").GetArrayLength(), Is.EqualTo(1));

    [Test]
    public void A_read_of_the_list_may_have_credentials() =>
        Assert.That(Operation("/images", "get").GetProperty("security").GetRawText(), Does.Contain("{ }").Or.Contain("{}"));

    [TestCase("/images/{uuid}/file")]
    [TestCase("/jobs/{uuid}")]
    public void A_download_and_the_state_of_a_job_need_no_credentials(string path) =>
        Assert.That(Operation(path, "get").TryGetProperty("security", out _), Is.False);

    [TestCase(AuthenticationKind.Basic, new[] { "Basic" })]
    [TestCase(AuthenticationKind.Signature, new[] { "Signature" })]
    [TestCase(AuthenticationKind.Basic | AuthenticationKind.Signature, new[] { "Basic", "Signature" })]
    public async Task The_document_has_the_authentication_schemes_of_this_server_only(AuthenticationKind ways, string[] expected)
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { Authentication = ways, KeyFolder = folder.Path });
        var document = (await server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Json;
        var schemes = document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name);
        Assert.That(schemes, Is.EqualTo(expected));
    }

    [Test]
    public void The_operations_on_images_come_first() =>
        Assert.That(_document.GetProperty("paths").EnumerateObject().First().Name, Is.EqualTo("/images"));

    [Test]
    public void The_operations_that_are_not_implemented_come_last()
    {
        var tags = _document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!).ToArray();
        var push = Operation("/images/{uuid}/push", "post").GetProperty("tags")[0].GetString();
        Assert.That((tags[0], tags[^1]), Is.EqualTo(("Images", push)));
    }

    [Test]
    public void No_text_of_the_document_cites_a_section_of_the_contract() =>
        Assert.That(_document.GetRawText(), Does.Not.Match(@"contract [0-9]|contract section|section [0-9]|\([0-9]+\.[0-9]+\)"));

    [TestCase(ReadAccess.Open, "/images", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    [TestCase(ReadAccess.Open, "/images/{uuid}/file", null)]
    [TestCase(ReadAccess.Private, "/images/{uuid}/file", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    [TestCase(ReadAccess.All, "/images/{uuid}/file", "[{\"Basic\":[]},{\"Signature\":[]}]")]
    [TestCase(ReadAccess.All, "/images", "[{\"Basic\":[]},{\"Signature\":[]}]")]
    [TestCase(ReadAccess.All, "/ping", "[{\"Basic\":[]},{\"Signature\":[]},{}]")]
    public async Task An_operation_has_the_security_requirement_of_this_server(ReadAccess access, string path, string? expected)
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
    public async Task The_examples_of_the_document_are_accepted()
    {
        var created = await TryAsync("/images", "/images");
        await TryAsync("/images/{uuid}", $"/images/{created.Uuid}?action=update");
        await TryAsync("/images/{uuid}/acl", $"/images/{created.Uuid}/acl?action=add");
    }

    private async Task<Answer> TryAsync(string path, string url)
    {
        var content = Operation(path, "post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var sample = content.TryGetProperty("examples", out var samples) ? samples.GetProperty("update").GetProperty("value") : content.GetProperty("example");
        var answer = await _server.Admin.PostAnswerAsync(url, Requests.Json(sample.GetRawText()));
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        return answer;
    }

    private JsonElement Operation(string path, string method) => _document.GetProperty("paths").GetProperty(path).GetProperty(method);
}
