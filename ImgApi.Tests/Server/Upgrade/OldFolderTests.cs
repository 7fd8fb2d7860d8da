using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Upgrade;

/// <summary>The present version on the data folders that earlier versions wrote, which are kept in <c>Data/data-folders</c>.</summary>
[TestFixture("1.0.0")]
internal sealed class OldFolderTests(string version)
{
    private static readonly ChannelSet Channels = new([new Channel("dev", ""), new Channel("release", "")], Default: new Channel("dev", ""));

    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;
    private Dictionary<string, JsonElement> _images = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        await using (var archive = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "data-folders", $"{version}.tar.gz")))
        {
            await using var tar = new GZipStream(archive, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(tar, _folder.Path, overwriteFiles: false);
        }

        _server = await TestServer.StartAsync(
            dataFolder: _folder.Path,
            configure: configuration => configuration with { Rules = new ServerRules { Channels = Channels } });
        var list = await _server.Admin.GetAnswerAsync("/images?state=all&channel=*");
        _images = list.Json.EnumerateArray().ToDictionary(image => image.GetProperty("name").GetString()!);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private string Uuid(string name) => Text(name, "uuid");

    private string Text(string name, string field) => _images[name].GetProperty(field).GetString()!;

    private Task<Answer> GetAsync(string name, string what) => _server.Admin.GetAnswerAsync($"/images/{Uuid(name)}/{what}?channel=*");

    [Test]
    public void Every_image_of_an_old_folder_has_its_state()
    {
        Assert.That(_images.ToDictionary(image => image.Key, image => Text(image.Key, "state")), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["base"] = "active",
            ["child"] = "active",
            ["damaged"] = "active",
            ["disabled"] = "disabled",
            ["draft"] = "unactivated",
            ["draft-with-file"] = "unactivated",
            ["private"] = "active",
        }));
    }

    [TestCase("base")]
    [TestCase("child")]
    [TestCase("disabled")]
    [TestCase("draft-with-file")]
    [TestCase("private")]
    public async Task A_file_of_an_old_folder_is_downloaded_with_its_sha1(string name)
    {
        var expected = _images[name].GetProperty("files")[0].GetProperty("sha1").GetString();
        Assert.That(ImageChain.Sha1((await GetAsync(name, "file")).Bytes), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_icon_of_an_old_folder_is_downloaded()
    {
        var icon = await GetAsync("base", "icon");
        Assert.That((icon.Status, icon.Bytes.Length), Is.EqualTo((HttpStatusCode.OK, 16)));
    }

    [Test]
    public void An_origin_of_an_old_folder_is_kept() => Assert.That(Text("child", "origin"), Is.EqualTo(Uuid("base")));

    [Test]
    public async Task Channels_of_an_old_folder_are_kept()
    {
        var release = (await _server.Admin.GetAnswerAsync("/images?channel=release")).Json.EnumerateArray();
        Assert.That(release.Select(image => image.GetProperty("uuid").GetString()), Is.EqualTo(new[] { Uuid("child") }));
    }

    [Test]
    public async Task A_private_image_of_an_old_folder_is_shown_only_to_its_owner_and_its_access_list()
    {
        string[] accounts = [Text("private", "owner"), _images["private"].GetProperty("acl")[0].GetString()!, Domain.Values.Uuid.New().ToString()];
        var answers = await Task.WhenAll(accounts.Select(account => _server.Admin.GetAnswerAsync($"/images/{Uuid("private")}?channel=*&account={account}")));
        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound }));
    }

    [Test]
    public async Task Damage_that_an_old_version_found_is_still_known()
    {
        var file = await GetAsync("damaged", "file");
        Assert.That(((int)file.Status, file.Text.Contains("is damaged", StringComparison.Ordinal)), Is.EqualTo((500, true)), file.Text);
    }

    [Test]
    public async Task A_job_of_an_old_version_keeps_its_result()
    {
        var uuid = Path.GetFileNameWithoutExtension(Directory.GetFiles(_folder.Combine(".imgapi-jobs")).Single());
        var job = await _server.Admin.GetAnswerAsync($"/jobs/{uuid}");
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("failed"), job.Text);
    }

    [Test]
    public async Task An_image_of_an_old_folder_keeps_its_other_fields_when_it_changes()
    {
        await _server.Admin.ActAsync(Uuid("disabled"), "update", Requests.Json(new { description = "changed" }));
        var changed = (await _server.Admin.GetAnswerAsync($"/images/{Uuid("disabled")}?channel=*")).Json;
        var expected = _images["disabled"].EnumerateObject().Append(changed.EnumerateObject().Single(field => field.Name == "description"));
        Assert.That(changed.EnumerateObject().Select(Show), Is.EquivalentTo(expected.Select(Show)));

        static string Show(JsonProperty field) => $"{field.Name}: {JsonSerializer.Serialize(field.Value)}";
    }
}
