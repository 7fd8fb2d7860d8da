using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi audit</c>.</summary>
[TestFixture]
internal sealed class AuditCommandTests : ClientFixture
{
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task PublishAsync() => _uuid = await Server.Admin.PublishAsync(("name", "web"), ("version", "1"));

    private async Task<(int Code, string Output)> VerifyAsync(params string[] arguments)
    {
        var file = Path.Combine(Client.Home, "config.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { datadir = Server.DataFolder }));
        var (code, output, error) = await Client.RunAsync(["audit", "verify", "-c", file, .. arguments]);
        return (code, output + error);
    }

    [Test]
    public async Task Events_are_lines_of_a_table()
    {
        var row = (await OutputAsync("audit", "--image", _uuid, "--limit", "1")).Trim().Split('\n')[^1].Split('\t');
        Assert.That((row[2], row[3], row[4]), Is.EqualTo(("admin", "activate", _uuid)));
        Assert.That(row[5], Does.Contain("state: unactivated -> active"));
    }

    [Test]
    public async Task Json_has_the_events_as_the_server_sent_them()
    {
        var events = await JsonAsync("audit", "--by", "admin", "--action", "CreateImage");
        Assert.That(events.EnumerateArray().Select(one => one.Text("image")), Does.Contain(_uuid));
    }

    [Test]
    public async Task A_wrong_filter_is_refused_with_the_words_of_the_server()
    {
        var (code, _, error) = await Client.RunAsync("audit", "--since", "yesterday");
        Assert.That((code, error), Is.EqualTo((1, error)));
        Assert.That(error, Does.Contain("is not a time like 2026-01-31T12:00:00Z"));
    }

    [Test]
    public async Task A_whole_audit_is_verified_while_the_server_runs()
    {
        var (code, output) = await VerifyAsync();
        Assert.That((code, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Match(@"\A\d+ events, 0 problems\nthe last event is \d+, its hash [0-9a-f]{64}\n\z"));
    }

    [Test]
    public async Task An_expected_hash_that_is_missing_is_a_problem_and_exit_code_1()
    {
        var (code, output) = await VerifyAsync("--contains", "abc");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("there is no event with the hash abc\n"));
    }

    [Test]
    public async Task A_verification_in_json_has_the_number_and_hash_of_the_last_event()
    {
        var (_, output) = await VerifyAsync("--json");
        var last = (await Server.Admin.GetAnswerAsync("/audit?limit=1")).Json[0];
        var report = JsonElement.Parse(output);
        Assert.That(report.GetProperty("last").GetInt64(), Is.EqualTo(last.GetProperty("number").GetInt64()));
        Assert.That(report.Text("hash"), Is.EqualTo(last.Text("hash")));
    }
}
