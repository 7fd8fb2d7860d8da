using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>What a person reads if the connection ends before the answer to a change, or if a proxy answers.</summary>
[TestFixture]
internal sealed class LostAnswerTests : ClientFixture
{
    private const string Unknown = "; whether it made the change is not known; ";

    private static readonly string Image = $"{Guid.NewGuid()}";

    private static async Task<(int Code, string Error)> RunAsync(Func<Exchange, Task> script, params string[] arguments)
    {
        await using var server = new ScriptedServer(script);
        using var client = ClientProgram.Of(server.Address);
        var (code, _, error) = await client.RunAsync(arguments);
        return (code, error);
    }

    [Test]
    public async Task After_a_creation_the_person_reads_how_to_find_the_image()
    {
        var (code, error) = await RunAsync(_ => Task.CompletedTask, "create", "name=a", "version=1", "os=smartos", "type=zvol");
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Contain(Unknown).And.Contain("imgapi list state=unactivated shows whether it was made"));
    }

    [Test]
    public async Task After_the_start_of_an_import_the_person_reads_how_to_find_the_job()
    {
        var (code, error) = await RunAsync(_ => Task.CompletedTask, "import", Image, "--from", "smartos");
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Contain(Unknown).And.Contain($"imgapi jobs {Image} shows whether it was made"));
    }

    [Test]
    public async Task A_request_that_only_reads_has_changed_nothing()
    {
        var (code, error) = await RunAsync(_ => Task.CompletedTask, "show", Image);
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Not.Contain(Unknown));
    }

    [Test]
    public async Task A_server_that_was_not_reached_has_changed_nothing()
    {
        using var client = ClientProgram.Of(new Uri($"http://127.0.0.1:{Ports.Free()}"));
        var (code, _, error) = await client.RunAsync("enable", Image);
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Not.Contain(Unknown));
    }

    [Test]
    public async Task A_redirect_is_shown_as_such()
    {
        var (code, error) = await RunAsync(exchange => exchange.SendAsync("302 Found\r\nLocation: /login"), "enable", Image);
        Assert.That((code, error), Is.EqualTo((1, "imgapi: HTTP 302, a redirect, which is not followed\n")));
    }

    [Test]
    public async Task The_answer_of_a_proxy_is_shown_as_such()
    {
        var (code, error) = await RunAsync(exchange => exchange.SendAsync("413 Request Entity Too Large", "<html>"), "enable", Image);
        Assert.That((code, error), Is.EqualTo((1, "imgapi: the server, or a proxy before it, answered HTTP 413 (RequestEntityTooLarge) without an explanation\n")));
    }
}
