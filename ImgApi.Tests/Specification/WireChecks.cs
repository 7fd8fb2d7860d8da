using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class WireChecks() : ContractFixture(ServerMode.Mixed)
{
    [Test]
    public async Task Check_001_and_002_ping_is_plain_indented_json()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/json"));
            Assert.That(answer.Header("Content-Length"), Is.EqualTo($"{answer.Bytes.Length}"));
            Assert.That(answer.Text, Does.StartWith("{\n  \"ping\": \"pong\",\n"));
            Assert.That(answer.Text, Does.EndWith("\n}"));
        });
    }

    [Test]
    public async Task Check_003_every_answer_has_the_headers()
    {
        foreach (var url in new[] { "/ping", "/nope", "/images/zz" })
        {
            var answer = await Anonymous.GetAnswerAsync(url);
            Assert.Multiple(() =>
            {
                Assert.That(answer.Header("Date"), Is.Not.Null);
                Assert.That(answer.Header("Server"), Does.StartWith("imgapi/"));
                Assert.That(Uuid.IsValid(answer.Header("x-request-id")), Is.True);
                Assert.That(answer.Header("x-response-time"), Does.Match("^[0-9]+$"));
                Assert.That(answer.Header("x-server-name"), Is.Not.Empty);
            });
        }
    }

    [TestCase("00000000-1111-4222-8333-444444444444")]
    [TestCase("any-visible:id")]
    public async Task Check_004_a_request_id_comes_back(string id)
    {
        var answer = await Anonymous.GetAnswerAsync("/ping", ("x-request-id", id));
        Assert.That(answer.Header("x-request-id"), Is.EqualTo(id));
    }

    [Test]
    public async Task Check_005_request_id_wins_over_x_request_id()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping", ("x-request-id", "second"), ("request-id", "first"));
        Assert.That(answer.Header("x-request-id"), Is.EqualTo("first"));
    }

    [Test]
    public async Task Check_006_an_upload_with_a_path_as_request_id_is_stored()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await Admin.PutAnswerAsync(
            $"/images/{uuid}/file?compression=none", Requests.Bytes([1]), ("x-request-id", "../../etc/passwd"));
        AssertImage(answer);
        Assert.That(answer.Header("x-request-id"), Is.EqualTo("../../etc/passwd"));
    }

    [Test]
    public async Task Check_007_an_empty_list_is_two_bytes()
    {
        await using var empty = await TestServer.StartAsync(ServerMode.Public);
        var answer = await empty.Anonymous.GetAnswerAsync("/images");
        Assert.That(answer.Text, Is.EqualTo("[]"));
    }

    [TestCase("/nope", "/nope does not exist", TestName = "Check_008_unknown_path")]
    [TestCase("/nope?a=b", "/nope does not exist", TestName = "Check_008_unknown_path_with_query")]
    [TestCase("/IMAGES", "/IMAGES does not exist", TestName = "Check_009_paths_are_case_sensitive")]
    [TestCase("/Ping", "/Ping does not exist", TestName = "Check_009_ping_too")]
    [TestCase("/ping/", "/ping/ does not exist", TestName = "Check_010_trailing_slash")]
    [TestCase("/images/notauuid?x=1", "/images/notauuid?x=1 does not exist", TestName = "Check_018_no_uuid")]
    [TestCase("/images/" + UnknownUuid, "image " + UnknownUuid + " not found", TestName = "Check_020_unknown_uuid")]
    [TestCase("/images/" + UnknownUuid + "/FILE", null, TestName = "Check_009_in_the_middle")]
    [TestCase("/images/AAAAAAAA-0000-4000-8000-000000000000", "image aaaaaaaa-0000-4000-8000-000000000000 not found", TestName = "Check_019_upper_case_uuid")]
    public async Task Not_found(string url, string? message) => AssertNotFound(await Anonymous.GetAnswerAsync(url), message);

    [Test]
    public async Task Check_012_repeated_slashes_are_one()
    {
        Assert.That(await RawHttp.SendAsync(Server.Address, "GET", "//images"), Does.StartWith("HTTP/1.1 200"));
        Assert.That(await RawHttp.SendAsync(Server.Address, "GET", $"/images//{UnknownUuid}"), Does.Contain($"image {UnknownUuid} not found"));
    }

    [TestCase("DELETE", "/ping", "GET", TestName = "Check_013")]
    [TestCase("PUT", "/images", "GET, POST", TestName = "Check_014")]
    [TestCase("POST", "/images/" + UnknownUuid + "/file", "PUT, GET", TestName = "Check_015")]
    [TestCase("PATCH", "/images/" + UnknownUuid, "GET, POST, DELETE", TestName = "Check_015_one_image")]
    public async Task Method_not_allowed(string method, string url, string allow)
    {
        var answer = await Admin.AnswerAsync(new HttpMethod(method), url, null);
        AssertRefused(answer, 405, "MethodNotAllowedError");
        Assert.That(answer.Message, Is.EqualTo($"{method} is not allowed"));
        Assert.That(answer.Header("Allow"), Is.EqualTo(allow));
    }

    [TestCase("/images/%zz")]
    [TestCase("/images/%ff")]
    public async Task Check_016_bad_percent_encoding_is_refused(string target)
    {
        var answer = await RawHttp.SendAsync(Server.Address, "GET", target);
        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("BadRequestError").And.Contain("URI malformed"));
    }

    [TestCase("/images/..%2f..%2fetc")]
    [TestCase("/images/" + UnknownUuid + "/../" + UnknownUuid)]
    [TestCase("/images/%2e%2e/ping")]
    [TestCase("/images/..%5c..%5cetc")]
    public async Task Check_017_path_tricks_find_nothing(string target)
    {
        Assert.That(await RawHttp.SendAsync(Server.Address, "GET", target), Does.StartWith("HTTP/1.1 404").And.Contain("ResourceNotFound"));
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Check_021_unknown_parameters_are_ignored() =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping?foo=bar")).Status, Is.EqualTo(200));

    [TestCase("~1")]
    [TestCase("1.x")]
    [TestCase("~2")]
    [TestCase("^2")]
    [TestCase("*")]
    [TestCase(">=1")]
    [TestCase("~1||~2")]
    public async Task Check_022_supported_versions(string range) =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping", ("accept-version", range))).Status, Is.EqualTo(200));

    [TestCase("~99")]
    [TestCase("3")]
    [TestCase("garbage")]
    public async Task Check_023_and_024_unsupported_versions(string range)
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?a=b", ("accept-version", range));
        AssertRefused(answer, 400, "InvalidVersion");
        Assert.That(answer.Message, Is.EqualTo($"{range} is not supported by GET /ping"));
    }

    [Test]
    public async Task Check_025_x_api_version_is_ignored() =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping", ("x-api-version", "~99"))).Status, Is.EqualTo(200));

    [Test]
    public async Task Check_026_unknown_expectations_fail()
    {
        var answer = await RawHttp.SendAsync(Server.Address, "GET", "/ping", "Expect: foo\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 417").And.EndWith("\r\n\r\n"));
    }

    [Test]
    public async Task Check_029_single_manifests_are_never_compressed()
    {
        var uuid = await Admin.CreateAsync();
        foreach (var url in new[] { "/ping", $"/images/{uuid}" })
        {
            var answer = await Anonymous.GetAnswerAsync(url, ("Accept-Encoding", "gzip, br"));
            Assert.That(answer.Header("Content-Encoding"), Is.Null);
            Assert.That(answer.Text, Does.StartWith("{"));
        }
    }

    [Test]
    public async Task Check_030_nothing_is_escaped_that_need_not_be()
    {
        const string Text = "<b>&'+é 日本 😀 /";
        var uuid = await Admin.CreateAsync(("description", Text), ("tags", new Dictionary<string, string> { ["k"] = Text }));
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}");
        Assert.That(answer.Text, Does.Contain($"\"description\": \"{Text}\"").And.Contain($"\"k\": \"{Text}\""));
    }

    [Test]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        var uuid = await Admin.PublishAsync();
        foreach (var url in new[] { "/ping", "/images", $"/images/{uuid}", $"/images/{uuid}/file" })
        {
            var get = await Anonymous.GetAnswerAsync(url);
            var head = await Anonymous.AnswerAsync(HttpMethod.Head, url, null);
            Assert.Multiple(() =>
            {
                Assert.That(head.Status, Is.EqualTo(get.Status));
                Assert.That(head.Bytes, Is.Empty);
                Assert.That(head.Header("Content-Length"), Is.EqualTo($"{get.Bytes.Length}"));
                Assert.That(head.Header("Etag"), Is.EqualTo(get.Header("Etag")));
            });
        }
    }
}
