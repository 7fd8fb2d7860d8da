using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>Commands for several images print one JSON document, also if there is nothing to do.</summary>
[TestFixture]
internal sealed class JsonOutputTests : ClientFixture
{
    private TestServer _other = null!;
    private ImageChain _chain = null!;

    [OneTimeSetUp]
    public async Task StartOtherAsync()
    {
        _other = await TestServer.StartAsync();
        _chain = await ImageChain.PublishAsync(_other.Admin);
    }

    [OneTimeTearDown]
    public Task StopOtherAsync() => _other.DisposeAsync().AsTask();

    private string From => $"http://{_other.Address.Authority}";

    private async Task<string?[]> UuidsAsync(params string[] arguments) => [.. (await JsonAsync(arguments)).EnumerateArray().Select(image => image.Text("uuid"))];

    [Test]
    public async Task Copy_prints_an_array_of_the_images_new_or_not()
    {
        await UuidsAsync("copy", _chain.Base, "--from", From, "--force");
        Assert.That(await UuidsAsync("copy", _chain.Top, "--from", From, "--force"), Is.EqualTo(_chain.All));
        Assert.That(await UuidsAsync("copy", _chain.Top, "--from", From, "--force"), Is.EqualTo(_chain.All));
    }

    [Test]
    public async Task Export_prints_an_array_with_the_paths()
    {
        var exported = (await JsonAsync("export", _chain.Middle, "out", "-u", From)).EnumerateArray().ToArray();
        Assert.That(exported.Select(image => image.Text("uuid")), Is.EqualTo(new[] { _chain.Base, _chain.Middle }));
        Assert.That((exported[1].Text("manifest"), exported[1].Text("file")), Is.EqualTo(("out/middle-1.0.0.imgmanifest", "out/middle-1.0.0.zfs.gz")));
    }

    [Test]
    public async Task Import_of_a_folder_prints_an_array_of_the_images_new_or_not()
    {
        await OutputAsync("export", _chain.Middle, "usb", "-u", From);
        Assert.That(await UuidsAsync("import", "usb", "--force"), Is.EqualTo(new[] { _chain.Base, _chain.Middle }));
        Assert.That(await UuidsAsync("import", "usb", "--force"), Is.EqualTo(new[] { _chain.Base, _chain.Middle }));
    }

    [Test]
    public async Task A_copy_of_a_missing_image_prints_no_json()
    {
        var (code, output, _) = await Client.RunAsync("copy", "missing", "--from", From, "--json");
        Assert.That((code, output), Is.EqualTo((1, "")));
    }

    [Test]
    public async Task Icon_get_prints_the_path_the_size_and_the_type()
    {
        await _other.Admin.PutAnswerAsync($"/images/{_chain.Base}/icon", Requests.Bytes(Samples.Of("Png"), "image/png"));
        var icon = await JsonAsync("icon", "get", _chain.Base, "-o", "icon.png", "-u", From);
        Assert.That(
            (icon.Text("file"), icon.GetProperty("size").GetInt32(), icon.Text("content_type")),
            Is.EqualTo(("icon.png", Samples.Of("Png").Length, "image/png")));
    }
}
