using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>The server in a container that is configured by environment variables alone.</summary>
[TestFixture]
[Platform("Linux", Reason = "namespaces")]
[Category("Slow")]
internal sealed class ContainerTests
{
    private ContainedServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await ContainedServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_server_without_a_configuration_file_answers_reads()
    {
        using var client = new HttpClient { BaseAddress = _server.Process.Address };
        Assert.That((await client.GetAnswerAsync("/images")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void Each_line_of_the_log_is_a_JSON_object() =>
        Assert.That(_server.Process.Log.Select(line => JsonDocument.Parse(line).RootElement.ValueKind), Has.All.EqualTo(JsonValueKind.Object));

    [Test]
    public void The_log_of_a_server_without_users_says_how_to_create_one() =>
        Assert.That(_server.Process.Log, Has.Some.Contains("nobody may change images; imgapi user add creates a user"));

    [Test]
    public async Task A_user_who_was_added_in_the_container_may_create_images()
    {
        var (_, _, error) = await _server.RunAsync("a long password\n", "user", "add", "joe", "--role", "manage");
        using var client = new HttpClient { BaseAddress = _server.Process.Address, DefaultRequestHeaders = { Authorization = TestServer.Basic("joe", "a long password") } };
        await client.CreateAsync();
        Assert.That(error, Is.Empty);
    }

    [TestCase("ping")]
    [TestCase("health", "--allow-degraded")]
    public async Task A_command_in_the_container_finds_the_server_by_the_same_variables(params string[] command)
    {
        var (code, output, error) = await _server.RunAsync(null, command);
        Assert.That(code, Is.Zero, output + error);
    }

    [Test]
    public async Task The_health_of_a_stopped_server_has_an_exit_code_other_than_0()
    {
        await _server.TerminateAsync();
        Assert.That((await _server.RunAsync(null, "health", "--allow-degraded")).Code, Is.Not.Zero);
    }

    [Test]
    public async Task The_first_process_of_a_container_exits_with_code_0_when_it_is_terminated() => Assert.That(await _server.TerminateAsync(), Is.Zero);
}
