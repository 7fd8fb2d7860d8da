using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>publish</c> with a real server.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class PublishTests
{
    private static readonly string[] Fields = ["name=web", "version=1.2", "os=smartos", "type=zone-dataset"];

    private TestServer _server = null!;
    private ClientProgram _user = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _user = ClientProgram.Of(_server.Address);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _user.Dispose();
        await _server.DisposeAsync();
    }

    private string Stream(string name = "fs-full") => _user.Write($"{name}.zfs.xz", StreamFiles.Xz(name));

    private async Task<JsonElement[]> ImagesAsync() =>
        [.. (await _server.Admin.GetAnswerAsync("/images?state=all")).Json.EnumerateArray()];

    private async Task<JsonElement> OnlyImageAsync()
    {
        var images = await ImagesAsync();
        Assert.That(images, Has.Length.EqualTo(1));
        return images[0];
    }

    [Test]
    public async Task An_image_is_created_uploaded_and_activated()
    {
        var (code, output, error) = await _user.RunAsync(["publish", .. Fields, "-f", Stream()]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        var image = await OnlyImageAsync();
        Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That(image.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("xz"));
        Assert.That(output, Does.Contain($"On a SmartOS machine: imgadm import -S {_server.Address.AbsoluteUri.TrimEnd('/')} {image.GetProperty("uuid")}\n"));
    }

    [Test]
    public async Task In_a_terminal_a_bar_shows_the_progress()
    {
        var (code, screen) = await _user.InTerminalAsync("", ["publish", .. Fields, "-f", Stream()]);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"fs-full\.zfs\.xz +━+ 100% .*iB").And.Contain("Published web@1.2 "));
    }

    [Test]
    public async Task A_pipe_that_was_read_before_a_question_for_credentials_is_not_published_without_its_beginning()
    {
        var stream = Stream();
        var (code, screen) = await Terminal.RunAsync(
            $"mkfifo p; cat {stream} > p & IMGAPI_URL={_server.Address} HOME={_user.Home} {Terminal.ImgApi} publish {string.Join(' ', Fields)} -f p",
            $"{TestServer.User}\n{TestServer.Password}\n", _user.Home);
        Assert.That(code, Is.EqualTo(1), screen);
        Assert.That(await ImagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Quiet_output_is_the_uuid()
    {
        var (_, output, _) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(), "-q"]);
        Assert.That(output, Is.EqualTo($"{(await OnlyImageAsync()).GetProperty("uuid")}\n"));
    }

    [Test]
    public async Task Json_output_is_the_manifest()
    {
        var (_, output, _) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(), "--json"]);
        Assert.That(JsonElement.Parse(output).GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_file_that_does_not_show_its_compression_needs_the_option()
    {
        var (code, _, error) = await _user.RunAsync("publish", "name=a", "version=1", "os=other", "type=other", "-f", _user.Write("plain.file", [1, 2, 3]));
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("missing --compression").And.Not.Contain("\"compression\""));
    }

    [Test]
    public async Task A_manifest_with_a_uuid_keeps_it()
    {
        var uuid = Guid.NewGuid().ToString();
        _user.Write("web.imgmanifest", JsonSerializer.SerializeToUtf8Bytes(new { v = 2, uuid, name = "web", version = "1", type = "zone-dataset", os = "smartos" }));
        var (code, _, error) = await _user.RunAsync("publish", "-m", "web.imgmanifest", "version=2", "-f", Stream());
        Assert.That((code, error), Is.EqualTo((0, "")));
        var image = await OnlyImageAsync();
        Assert.That((image.GetProperty("uuid").GetString(), image.GetProperty("version").GetString()), Is.EqualTo((uuid, "2")));
    }

    [Test]
    public async Task The_file_may_come_from_a_pipe()
    {
        var (code, _, error) = await _user.ShellAsync($"xz -dc {Stream()} | gzip | $imgapi publish {string.Join(' ', Fields)} -f -");
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That((await OnlyImageAsync()).GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("gzip"));
    }

    [Test]
    public async Task An_icon_and_the_public_flag_are_published_too()
    {
        _user.Write("icon.png", Samples.Of("Png"));
        var (code, _, error) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(), "--icon", "icon.png", "--public", "requirements.min_ram=512"]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        var image = await OnlyImageAsync();
        Assert.That(image.GetProperty("icon").GetBoolean() && image.GetProperty("public").GetBoolean(), Is.True);
        Assert.That(image.GetProperty("requirements").GetProperty("min_ram").GetInt32(), Is.EqualTo(512));
    }

    [Test]
    public async Task An_image_that_is_not_activated_shows_how_to_do_that()
    {
        var (_, output, _) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(), "--no-activate"]);
        var image = await OnlyImageAsync();
        Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
        Assert.That(output, Does.Contain($"imgapi activate {image.GetProperty("uuid")}"));
    }

    [TestCase("fs-incr", "the stream is incremental, but the image has no origin")]
    [TestCase("vol-full", "the stream is a volume, but the type zone-dataset needs a file system")]
    public async Task A_file_that_no_machine_can_install_is_refused_before_anything_is_sent(string stream, string reason)
    {
        var (code, output, error) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(stream)]);
        Assert.That((code, output, error), Is.EqualTo((2, "", $"imgapi: {stream}.zfs.xz: {reason} (--force overrides this check)\n")));
        Assert.That(await ImagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_wrong_compression_is_refused_with_the_option_that_corrects_it()
    {
        var (code, _, error) = await _user.RunAsync(["publish", .. Fields, "-f", Stream(), "--compression", "none"]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("give --compression xz"));
    }

    [Test]
    public async Task A_file_that_no_machine_can_install_is_accepted_if_forced() =>
        Assert.That((await _user.RunAsync(["publish", .. Fields, "-f", Stream("fs-incr"), "--force"])).Code, Is.Zero);

    [Test]
    public async Task A_refused_field_is_named()
    {
        var (code, _, error) = await _user.RunAsync("publish", "name=web", "version=1", "os=smartos", "type=zone", "-f", Stream());
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("\n  type: "));
    }

    [Test]
    public async Task An_image_whose_file_the_server_refuses_is_removed_again()
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            name = "web",
            version = "1",
            type = "zone-dataset",
            os = "smartos",
            files = new[] { new { sha1 = new string('a', 40), size = StreamFiles.Xz("fs-full").Length, compression = "xz" } },
        });
        var (code, _, error) = await _user.RunAsync("publish", "-m", _user.Write("m.json", manifest), "-f", Stream());
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(error, Does.Contain("does not match").And.Contain("(web@1) was removed again"));
        Assert.That(await ImagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_missing_file_is_an_error_of_the_command() =>
        Assert.That(await _user.RunAsync(["publish", .. Fields, "-f", "missing"]), Is.EqualTo((2, "", "imgapi: missing: there is no such file\n")));
}
