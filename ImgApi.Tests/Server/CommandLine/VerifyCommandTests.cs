using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The command <c>verify</c>, beside a server that uses the same data folder.</summary>
[TestFixture]
internal sealed class VerifyCommandTests
{
    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;
    private string _config = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        var data = _folder.Combine("data");
        _config = _folder.Write("config.json", $$"""{"datadir":"{{data}}"}""");
        _server = await TestServer.StartAsync(dataFolder: data);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<(int Code, string Output, string Error)> VerifyAsync(params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, "verify", "-c", _config, .. arguments]);

    private string FileOf(string uuid) => Directory.GetFiles(_folder.Combine("data", uuid), "image-*").Single();

    [Test]
    public async Task Content_without_damage_is_counted_as_good()
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        await _server.Admin.CreateAsync();
        var (code, output, _) = await VerifyAsync();
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("2 contents good, 0 damaged, 0 images unreadable; 5 bytes read"));
    }

    [Test]
    public async Task A_damaged_file_is_reported()
    {
        var (bad, good) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await File.WriteAllBytesAsync(FileOf(bad), [4, 3, 2, 1]);
        var (code, output, _) = await VerifyAsync();
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain($"{bad} base@1.0.0: the file has the sha1 ").And.Not.Contain(good));
    }

    [Test]
    public async Task Ctrl_C_is_exit_code_130_and_not_that_of_damage()
    {
        await _server.Admin.PublishAsync();
        using var user = new ClientProgram();
        var (code, _) = await user.InTerminalUntilAsync("verify", ClientProgram.InterruptAsync, "verify", "-c", _config, "--rate", "1");
        Assert.That(code, Is.EqualTo(130));
    }

    [Test]
    public async Task Damage_is_reported_as_json_on_request()
    {
        var (bad, _) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await File.WriteAllBytesAsync(FileOf(bad), [4, 3, 2, 1]);
        var (code, output, _) = await VerifyAsync("--json");
        var json = JsonElement.Parse(output);
        Assert.That((code, json.GetProperty("good").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(json.GetProperty("damaged").EnumerateArray().Select(damage => damage.GetProperty("uuid").GetString()), Is.EqualTo(new[] { bad }));
    }

    [Test]
    public async Task Only_the_named_image_is_verified()
    {
        var (bad, good) = (await _server.Admin.PublishAsync(), await _server.Admin.PublishAsync());
        await File.WriteAllBytesAsync(FileOf(bad), [4, 3, 2, 1]);
        Assert.That((await VerifyAsync(good)).Code, Is.Zero);
    }

    [Test]
    public async Task A_manifest_that_cannot_be_read_is_reported()
    {
        var uuid = await _server.Admin.PublishAsync();
        await File.WriteAllTextAsync(_folder.Combine("data", uuid, "manifest.json"), "{");
        var (code, output, _) = await VerifyAsync();
        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain($"{uuid}: its manifest.json is not JSON: line 1, column 2: the text ends too early"));
    }

    [TestCase("00000000-0000-4000-8000-000000000000", "")]
    [TestCase("x", "\"x\" is not a UUID")]
    public async Task An_unknown_image_or_an_invalid_uuid_is_an_error(string uuid, string message)
    {
        var (code, _, error) = await VerifyAsync(uuid);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain(message));
    }

    [Test]
    public async Task An_image_whose_uuid_is_being_changed_is_verified_with_its_new_manifest()
    {
        var (uuid, next) = (await _server.Admin.PublishAsync(), Guid.NewGuid().ToString());
        var folder = _folder.Combine("data", next);
        Directory.Move(_folder.Combine("data", uuid), folder);
        var manifest = await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".imgapi-moving.json"), manifest.Replace(uuid, next, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), "{}");
        var (code, output, _) = await VerifyAsync();
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("1 content good, 0 damaged, 0 images unreadable; 4 bytes read"));
    }

    [Test]
    [Platform("Linux", Reason = "terminals")]
    public async Task In_a_terminal_a_bar_shows_the_progress()
    {
        await _server.Admin.PublishAsync();
        var (code, screen) = await Terminal.RunAsync($"{Terminal.ImgApi} verify -c {_config}");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match("verify ━+ 100%").And.EndWith("1 content good, 0 damaged, 0 images unreadable; 4 bytes read\n"));
    }
}
