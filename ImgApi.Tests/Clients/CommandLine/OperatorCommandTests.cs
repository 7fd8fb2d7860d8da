using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi ping</c>, <c>health</c> and <c>du</c>.</summary>
[TestFixture]
internal sealed class OperatorCommandTests : ClientFixture
{
    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        await Server.Admin.PublishAsync(("name", "web"), ("version", "1"));
        await Server.Admin.PublishAsync(("name", "web"), ("version", "2"));
        await Server.Admin.PublishAsync(("name", "db"), ("os", "linux"), ("type", "lx-dataset"));
    }

    [Test]
    public async Task Ping_gives_a_verdict_for_each_thing_that_a_client_meets()
    {
        var rows = (await OutputAsync("ping")).Trim().Split('\n').Skip(1).Select(row => row.Split('\t'));
        Assert.That(rows.Select(row => (row[0], row[1])), Is.EqualTo(new[] { ("ping", "ok"), ("list", "ok"), ("file", "ok"), ("clock", "ok") }));
    }

    [Test]
    public async Task Ping_in_a_terminal_shows_a_table()
    {
        var (code, screen) = await Client.InTerminalAsync("", "ping");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"ping +ok +\d+ ms  version \d"));
    }

    [Test]
    public async Task Ping_fails_at_a_server_that_is_not_an_image_server()
    {
        await using var other = ScriptedServer.Saying("200 OK", "{}");
        var (code, output, _) = await Client.RunAsync("ping", "-u", $"{other.Address}");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Match(@"ping\tFAILED\t\d+ ms\tit is not an image server"));
    }

    [Test]
    public async Task Ping_shows_a_clock_that_is_wrong()
    {
        await using var late = ScriptedServer.Saying("200 OK\r\nDate: Mon, 23 Nov 2020 03:09:51 GMT", """{"imgapi":true}""");
        var (_, output, _) = await Client.RunAsync("ping", "-u", $"{late.Address}");
        Assert.That(output, Does.Match(@"clock\tFAILED.*NTP"));
    }

    [Test]
    public async Task Health_is_exit_code_0_while_the_server_is_well()
    {
        var rows = (await OutputAsync("health")).Split('\n');
        Assert.That(rows, Does.Contain("status\tok").And.Contain("images\t3"));
    }

    [Test]
    public async Task Health_in_a_terminal_shows_sizes_as_people_read_them()
    {
        var (code, screen) = await Client.InTerminalAsync("", "health");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"free_bytes +[\d.]+ [MGT]iB"));
    }

    [Test]
    public async Task Health_is_exit_code_1_if_the_server_is_not_well()
    {
        await using var sick = ScriptedServer.Saying("503 Service Unavailable", """{"status":"down","images":0}""");
        var (code, output, _) = await Client.RunAsync("health", "-q", "-u", $"{sick.Address}");
        Assert.That((code, output), Is.EqualTo((1, "down\n")));
    }

    [TestCase("degraded", ExpectedResult = 0)]
    [TestCase("down", ExpectedResult = 1)]
    public async Task<int> Health_with_allow_degraded_is_exit_code_1_only_if_the_server_is_down(string status)
    {
        await using var sick = ScriptedServer.Saying("200 OK", $$"""{"status":"{{status}}","images":0}""");
        return (await Client.RunAsync("health", "--allow-degraded", "-u", $"{sick.Address}")).Code;
    }

    [TestCase("NAME\tIMAGES\tSIZE\nweb\t2\t8\ndb\t1\t4\ntotal\t3\t12\n")]
    [TestCase("OS\tIMAGES\tSIZE\nsmartos\t2\t8\nlinux\t1\t4\ntotal\t3\t12\n", "--by", "os")]
    [TestCase("TYPE\tIMAGES\tSIZE\nzone-dataset\t2\t8\ntotal\t2\t8\n", "--by", "type", "name=web")]
    public async Task Du_adds_up_the_bytes(string output, params string[] arguments) =>
        Assert.That(await OutputAsync(["du", .. arguments]), Is.EqualTo(output));

    [Test]
    public async Task Du_in_a_terminal_shows_sizes_as_people_read_them_or_exact_ones()
    {
        var (_, screen) = await Client.InTerminalAsync("", "du");
        var (_, exact) = await Client.InTerminalAsync("", "du", "--bytes");
        Assert.That(screen, Does.Match(@"total +3 +12 B"));
        Assert.That(exact, Does.Match(@"total +3 +12 *\n"));
    }
}
