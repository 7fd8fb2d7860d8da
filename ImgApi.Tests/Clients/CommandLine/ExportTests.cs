using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The commands <c>export</c>, <c>import</c> of files, and <c>copy</c>, between two real servers.</summary>
[TestFixture]
[Category("Slow")]
[Platform("Linux", Reason = "terminals")]
internal sealed class ExportTests
{
    private TestServer _source = null!;
    private TestServer _target = null!;
    private ClientProgram _user = null!;
    private string _base = null!;
    private string _web = null!;

    /// <summary>An image with an icon, and its origin.</summary>
    [SetUp]
    public async Task StartAsync()
    {
        (_source, _target) = (await TestServer.StartAsync(), await TestServer.StartAsync());
        _user = ClientProgram.Of(_target.Address);
        _base = await PublishAsync("base", "fs-full", origin: null);
        _web = await PublishAsync("web", "fs-incr", origin: _base);
        await _source.Admin.PutAnswerAsync($"/images/{_web}/icon", Requests.Bytes(Samples.Of("Png"), "image/png"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _user.Dispose();
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    private string From => $"http://{TestServer.User}@{_source.Address.Authority}";

    private async Task<string> PublishAsync(string name, string stream, string? origin)
    {
        var uuid = await _source.Admin.CreateAsync(("name", name), ("origin", origin));
        await _source.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=xz", Requests.Bytes(StreamFiles.Xz(stream)));
        await _source.Admin.ActAsync(uuid, "activate");
        return uuid;
    }

    private async Task AssertCopiedAsync(params string[] uuids)
    {
        Assert.That((await _target.Admin.GetAnswerAsync("/images")).Json.EnumerateArray().Select(image => image.Text("uuid")), Is.EquivalentTo(uuids));
        foreach (var uuid in uuids)
        {
            var (there, here) = (await _source.Admin.GetAnswerAsync($"/images/{uuid}"), await _target.Admin.GetAnswerAsync($"/images/{uuid}"));
            Assert.That(here.Json.Text("published_at"), Is.EqualTo(there.Json.Text("published_at")));
            Assert.That(
                (await _target.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo((await _source.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes));
        }
    }

    private async Task ExportAsync(params string[] arguments)
    {
        var (code, _, error) = await _user.RunAsync(["export", .. arguments, "-u", From]);
        Assert.That(code, Is.Zero, error);
    }

    [Test]
    public async Task An_image_is_exported_with_its_origin_under_the_names_of_imgadm()
    {
        await ExportAsync("web", "out");
        Assert.That(Directory.GetFiles(_user.Combine("out")).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "base-1.0.0.imgmanifest", "base-1.0.0.zfs.xz", "web-1.0.0.imgmanifest", "web-1.0.0.png", "web-1.0.0.zfs.xz" }));
    }

    [Test]
    public async Task Images_with_the_same_name_and_version_are_exported_side_by_side()
    {
        var twin = await PublishAsync("base", "fs-full", origin: null);
        await ExportAsync(_base, twin, "out");
        Assert.That(Directory.GetFiles(_user.Combine("out")).Select(Path.GetFileName), Is.EquivalentTo(
            from uuid in new[] { _base, twin } from extension in new[] { "imgmanifest", "zfs.xz" } select $"{uuid}-base-1.0.0.{extension}"));
    }

    [Test]
    public async Task An_image_is_exported_beside_another_one_with_its_name_from_an_earlier_command()
    {
        var twin = await PublishAsync("base", "fs-full", origin: null);
        await ExportAsync(_base, "out");
        await ExportAsync(twin, "out");
        Assert.That(Directory.GetFiles(_user.Combine("out")).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "base-1.0.0.imgmanifest", "base-1.0.0.zfs.xz", $"{twin}-base-1.0.0.imgmanifest", $"{twin}-base-1.0.0.zfs.xz" }));
    }

    [Test]
    public async Task An_icon_comes_along_in_a_folder()
    {
        await ExportAsync("web", "out");
        Assert.That((await _user.RunAsync("import", "out")).Code, Is.Zero);
        Assert.That((await _target.Admin.GetAnswerAsync($"/images/{_web}/icon")).Bytes, Is.EqualTo(Samples.Of("Png")));
    }

    [Test]
    public async Task A_picture_beside_a_manifest_without_an_icon_is_left_alone()
    {
        await ExportAsync("base", "out");
        _user.Write("out/base-1.0.0.png", Samples.Of("Png"));
        Assert.That((await _user.RunAsync("import", "out")).Code, Is.Zero);
        Assert.That((await _target.Admin.GetAnswerAsync($"/images/{_base}")).Json.TryGetProperty("icon", out _), Is.False);
    }

    [Test]
    public async Task An_exported_manifest_has_only_fields_that_imgadm_installs()
    {
        await ExportAsync("web", "out", "--no-origins");
        var manifest = JsonElement.Parse(await File.ReadAllBytesAsync(_user.Combine("out/web-1.0.0.imgmanifest")));
        Assert.That(manifest.Text("uuid"), Is.EqualTo(_web));
        Assert.That(manifest.EnumerateObject().Select(field => field.Name), Has.None.EqualTo("channels").And.None.EqualTo("state"));
        Assert.That(manifest.GetProperty("files")[0].GetProperty("size").GetInt32(), Is.EqualTo(StreamFiles.Xz("fs-incr").Length));
    }

    [Test]
    public async Task A_folder_is_imported_with_origins_first_and_again_without_effect()
    {
        await ExportAsync("web", "out");
        var (code, output, error) = await _user.RunAsync("import", "out");
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Is.EqualTo($"Imported base@1.0.0 ({_base})\nImported web@1.0.0 ({_web})\n"));
        await AssertCopiedAsync(_base, _web);
        Assert.That((await _user.RunAsync("import", "out")).Output, Is.EqualTo($"There already: base@1.0.0 ({_base})\nThere already: web@1.0.0 ({_web})\n"));
    }

    [Test]
    public async Task A_single_manifest_is_imported_with_the_file_beside_it()
    {
        await ExportAsync("base", "out");
        Assert.That((await _user.RunAsync("import", "out/base-1.0.0.imgmanifest")).Code, Is.Zero);
        await AssertCopiedAsync(_base);
    }

    [Test]
    public async Task A_manifest_whose_file_was_changed_is_not_imported()
    {
        await ExportAsync("base", "out");
        var file = _user.Combine("out/base-1.0.0.zfs.xz");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var (code, _, error) = await _user.RunAsync("import", "out");
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(error, Does.Contain("sha1").And.Contain("was removed again"));
        Assert.That((await _target.Admin.GetAnswerAsync("/images?state=all")).Json.GetArrayLength(), Is.Zero);
    }

    [TestCase("", "imgapi: the folder . has no manifests (*.imgmanifest)\n")]
    [TestCase("missing", "imgapi: there is no folder or file ./missing; to import an image from another server, name the server with --from\n")]
    public async Task A_folder_without_manifests_is_an_error(string folder, string text)
    {
        var (code, _, error) = await _user.RunAsync("import", folder.Length == 0 ? "." : "./" + folder);
        Assert.That((code, error), Is.EqualTo((2, text)));
    }

    [Test]
    public async Task An_image_is_copied_with_its_origin_and_its_icon()
    {
        var (code, output, error) = await _user.RunAsync("copy", "web", "--from", From, "--to", $"http://{TestServer.User}@{_target.Address.Authority}");
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Is.EqualTo($"Copied base@1.0.0 ({_base})\nCopied web@1.0.0 ({_web})\n"));
        await AssertCopiedAsync(_base, _web);
        Assert.That((await _target.Admin.GetAnswerAsync($"/images/{_web}/icon")).Bytes, Is.EqualTo(Samples.Of("Png")));
    }

    [Test]
    public async Task In_a_terminal_a_copy_has_a_bar_for_each_image()
    {
        var (code, screen) = await _user.InTerminalAsync($"{TestServer.Password}\n", "copy", "web", "--from", From);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"base-1\.0\.0\.zfs\.xz +━+ 100%").And.Match(@"web-1\.0\.0\.zfs\.xz +━+ 100%"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_copy_continues_after_connections_to_either_server_break(bool breaksSource)
    {
        await using var relay = new Relay(() => breaksSource ? _source.Address : _target.Address, line => line.Connections % 2 == 1 ? Line.CutAfter(60_000, 60_000) : Line.Whole);
        var (from, to) = breaksSource ? (relay.Address, _target.Address) : (_source.Address, relay.Address);
        var (code, _, error) = await _user.RunAsync("copy", "web", "--from", $"{from}", "-u", $"http://{TestServer.User}@{to.Authority}");
        Assert.That(code, Is.Zero, error);
        await AssertCopiedAsync(_base, _web);
    }

    [Test]
    public async Task A_copy_that_is_repeated_copies_nothing()
    {
        await _user.RunAsync("copy", "web", "--from", From);
        var (code, output, _) = await _user.RunAsync("copy", "web", "--from", From);
        Assert.That((code, output), Is.EqualTo((0, $"There already: base@1.0.0 ({_base})\nThere already: web@1.0.0 ({_web})\n")));
    }
}
