using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The ping and its sample errors (contract 5.1).</summary>
[TestFixture]
internal sealed class PingChecks() : ContractFixture(ServerMode.Public)
{
    [Test]
    [Check(31)]
    public async Task A_public_server_does_not_show_its_pid_to_strangers()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping");
        Assert.That(answer.Keys, Is.EqualTo(new[] { "ping", "version", "imgapi" }));
        Assert.That(answer.Json.GetProperty("imgapi").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_public_server_shows_its_pid_to_users() =>
        Assert.That((await Admin.GetAnswerAsync("/ping")).Keys, Is.EqualTo(new[] { "ping", "version", "imgapi", "pid", "user", "role" }));

    [TestCase(ServerMode.Mixed)]
    [TestCase(ServerMode.Dc)]
    [Check(32)]
    public async Task A_server_in_mode_mixed_or_dc_shows_its_pid_to_everyone(ServerMode mode)
    {
        await using var server = await TestServer.StartAsync(mode);
        var answer = await server.Anonymous.GetAnswerAsync("/ping");
        Assert.That(answer.Json.GetProperty("pid").GetInt32(), Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    [Check(33)]
    public async Task A_sample_of_a_validation_error_has_no_field_errors()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?error=ValidationFailed");
        AssertRefused(answer, 422, "ValidationFailed");
        Assert.That(answer.Message, Is.EqualTo("boom"));
    }

    [Test]
    [Check(34)]
    public async Task A_sample_of_an_error_has_its_status_and_code() =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping?error=OperatorOnly"), 403, "OperatorOnly");

    [Test]
    [Check(35)]
    public async Task A_sample_of_an_unknown_error_is_refused()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping?error=Bogus");
        AssertRefused(answer, 422, "InvalidParameter", "error:Missing");
        Assert.That(answer.Message, Is.EqualTo("unknown error: BogusError"));
    }

    [Test]
    [Check(36)]
    public async Task A_sample_without_name_is_an_internal_error() =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping?error="), 500, "InternalError");
}
