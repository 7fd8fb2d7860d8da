using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class PingChecks() : ContractFixture(ServerMode.Public)
{
    [Test]
    public async Task Check_031_a_public_server_keeps_its_pid_from_strangers()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping");
        Assert.That(answer.Keys, Is.EqualTo(new[] { "ping", "version", "imgapi" }));
        Assert.That(answer.Json.GetProperty("imgapi").GetBoolean(), Is.True);
        Assert.That((await Admin.GetAnswerAsync("/ping")).Keys, Is.EqualTo(new[] { "ping", "version", "imgapi", "pid", "user" }));
    }

    [TestCase(ServerMode.Mixed)]
    [TestCase(ServerMode.Dc)]
    public async Task Check_032_mixed_and_dc_show_the_pid_to_everyone(ServerMode mode)
    {
        await using var server = await TestServer.StartAsync(mode);
        var answer = await server.Anonymous.GetAnswerAsync("/ping");
        Assert.That(answer.Json.GetProperty("pid").GetInt32(), Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public async Task Check_033_sample_validation_error()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?error=ValidationFailed");
        AssertRefused(answer, 422, "ValidationFailed");
        Assert.That(answer.Message, Is.EqualTo("boom"));
    }

    [Test]
    public async Task Check_034_sample_refusal() =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping?error=OperatorOnly"), 403, "OperatorOnly");

    [Test]
    public async Task Check_035_unknown_sample()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?error=Bogus");
        AssertRefused(answer, 422, "InvalidParameter", "error:Missing");
        Assert.That(answer.Message, Is.EqualTo("unknown error: BogusError"));
    }

    [Test]
    public async Task Check_036_empty_sample_is_an_internal_error() =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping?error="), 500, "InternalError");

    [Test]
    public async Task Check_058_right_credentials_are_accepted() =>
        AssertImage(await Admin.PostAnswerAsync("/images", Requests.Manifest()));

    [TestCase("admin", "wrong")]
    [TestCase("nobody", "secret")]
    public async Task Check_059_and_060_wrong_credentials_are_refused_alike_even_on_reads(string user, string password)
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = TestServer.Basic(user, password);
        var answer = await client.GetAnswerAsync("/images");
        AssertRefused(answer, 401, "UnauthorizedError");
        Assert.That(answer.Message, Is.EqualTo("Invalid username/password combination"));
    }

    [TestCase("Bearer x")]
    [TestCase("Basic")]
    [TestCase("Basic !!!")]
    [TestCase("Basic bm9jb2xvbg==")]
    public async Task Check_055_other_schemes_and_broken_headers_are_refused(string header) =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping", ("Authorization", header)), 401, "UnauthorizedError");

    [Test]
    public async Task Check_043_and_044_writes_need_credentials()
    {
        var uuid = await Admin.CreateAsync();
        var calls = new (HttpMethod Method, string Url)[]
        {
            (HttpMethod.Post, "/images"), (HttpMethod.Put, $"/images/{uuid}/file?compression=gzip"),
            (HttpMethod.Post, $"/images/{uuid}?action=activate"), (HttpMethod.Post, $"/images/{uuid}?action=import"),
            (HttpMethod.Post, $"/images/{uuid}/acl"), (HttpMethod.Put, $"/images/{uuid}/icon"),
            (HttpMethod.Delete, $"/images/{uuid}/icon"), (HttpMethod.Delete, $"/images/{uuid}"),
            (HttpMethod.Delete, "/images/zz"), // check 45: not 404
        };
        foreach (var (method, url) in calls)
        {
            var answer = await Anonymous.AnswerAsync(method, url, null);
            AssertRefused(answer, 401, "UnauthorizedError");
            Assert.That(answer.Header("WWW-Authenticate"), Does.StartWith("Basic realm="));
        }

        AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
    }

    [Test]
    public async Task Check_046_and_051_a_bad_uuid_and_files_do_not_look_at_credentials()
    {
        var bad = ("Authorization", "Basic bm86bm8=");
        AssertNotFound(await Anonymous.GetAnswerAsync("/images/zz", bad));
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{UnknownUuid}/file", bad), $"image {UnknownUuid} not found");
    }
}
