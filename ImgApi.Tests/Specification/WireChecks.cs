using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Headers, versions and the form of answers (contract 1.1 to 1.3).</summary>
[TestFixture]
internal sealed class WireChecks() : ContractFixture(ServerMode.Mixed)
{
    [Test]
    [Check(1, 2)]
    public async Task A_ping_is_answered_with_plain_indented_json()
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

    [TestCase("/ping")]
    [TestCase("/nope")]
    [TestCase("/images/zz")]
    [Check(3)]
    public async Task Every_answer_has_the_common_headers(string url)
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

    [TestCase("00000000-1111-4222-8333-444444444444")]
    [TestCase("any-visible:id")]
    [Check(4)]
    public async Task A_request_id_is_sent_back(string id) =>
        Assert.That((await Anonymous.GetAnswerAsync("/ping", ("x-request-id", id))).Header("x-request-id"), Is.EqualTo(id));

    [TestCase("first", "first")]
    [TestCase("", "second")]
    [Check(5)]
    public async Task A_request_id_wins_over_x_request_id_unless_it_is_empty(string id, string used)
    {
        var answer = await Anonymous.GetAnswerAsync("/ping", ("x-request-id", "second"), ("request-id", id));
        Assert.That(answer.Header("x-request-id"), Is.EqualTo(used));
    }

    [Test]
    [Check(6)]
    public async Task An_upload_whose_request_id_is_a_path_is_stored()
    {
        var answer = await Admin.PutAnswerAsync(
            $"/images/{await Admin.CreateAsync()}/file?compression=none", Requests.Bytes([1]), ("x-request-id", "../../etc/passwd"));
        AssertImage(answer);
        Assert.That(answer.Header("x-request-id"), Is.EqualTo("../../etc/passwd"));
    }

    [Test]
    [Check(7)]
    public async Task The_list_of_an_empty_server_has_two_bytes()
    {
        await using var empty = await TestServer.StartAsync();
        Assert.That((await empty.Anonymous.GetAnswerAsync("/images")).Text, Is.EqualTo("[]"));
    }

    [Test]
    [Check(21)]
    public async Task An_unknown_parameter_is_ignored() =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping?foo=bar")).Status, Is.EqualTo(200));

    [TestCase("~1")]
    [TestCase("1.x")]
    [TestCase("~2")]
    [TestCase("^2")]
    [TestCase("*")]
    [TestCase(">=1")]
    [TestCase("~1||~2")]
    [Check(22)]
    public async Task A_version_that_the_server_has_is_accepted(string range) =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping", ("accept-version", range))).Status, Is.EqualTo(200));

    [TestCase("~99")]
    [TestCase("3")]
    [TestCase("garbage")]
    [Check(23, 24)]
    public async Task A_version_that_the_server_does_not_have_is_refused(string range)
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?a=b", ("accept-version", range));
        AssertRefused(answer, 400, "InvalidVersion");
        Assert.That(answer.Message, Is.EqualTo($"{range} is not supported by GET /ping"));
    }

    [Test]
    [Check(25)]
    public async Task An_x_api_version_is_ignored() =>
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping", ("x-api-version", "~99"))).Status, Is.EqualTo(200));

    [Test]
    [Check(26)]
    public async Task An_unknown_expectation_is_refused() =>
        Assert.That(
            await RawHttp.SendAsync(Server.Address, "GET", "/ping", "Expect: foo\r\n"),
            Does.StartWith("HTTP/1.1 417").And.EndWith("\r\n\r\n"));

    [Test]
    [Check(30)]
    public async Task Characters_that_json_allows_are_not_escaped()
    {
        const string Text = "<b>&'+é 日本 😀 /";
        var uuid = await Admin.CreateAsync(("description", Text), ("tags", new Dictionary<string, string> { ["k"] = Text }));
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}");
        Assert.That(answer.Text, Does.Contain($"\"description\": \"{Text}\"").And.Contain($"\"k\": \"{Text}\""));
    }

    [TestCase("/ping")]
    [TestCase("/images")]
    [TestCase("/images/{0}")]
    [TestCase("/images/{0}/file")]
    public async Task A_head_has_the_headers_of_the_get_and_no_body(string url)
    {
        url = url.Replace("{0}", await Admin.PublishAsync());
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
