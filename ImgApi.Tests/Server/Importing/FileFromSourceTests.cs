using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>The upload of an image file from another server (contract 5.10, form B).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class FileFromSourceTests : ImportFixture
{
    private const string NoServer = "http://127.0.0.1:1";

    [Test]
    [Check(114)]
    public async Task A_file_from_a_source_has_the_file_entry_of_the_manifest_at_the_source()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var answer = await Admin.FileFromAsync(uuid, Source.Address);
        AssertOk(answer);
        var original = (await Source.Anonymous.GetAnswerAsync($"/images/{uuid}")).Json;
        Assert.That(answer.Json.GetProperty("files").GetRawText(), Is.EqualTo(original.GetProperty("files").GetRawText()));
    }

    [Test]
    public async Task An_image_with_manifest_and_file_from_a_source_is_a_copy_after_its_activation()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        AssertOk(await Admin.FileFromAsync(uuid, Source.Address));
        await Admin.ActAsync(uuid, "activate");
        await AssertIsCopyAsync(uuid);
    }

    [Test]
    public async Task An_active_image_is_refused_before_the_source_is_asked() =>
        AssertRefused(await Admin.FileFromAsync(await Admin.PublishAsync(), NoServer), 422, "ImageFilesImmutable");

    [Test]
    public async Task An_unknown_image_is_refused_before_the_source_is_asked() =>
        AssertRefused(await Admin.FileFromAsync(Chain.Top, NoServer), 404, "ResourceNotFound");

    [Test]
    public async Task An_unknown_storage_is_refused_before_the_source_is_asked() =>
        AssertRefused(await Admin.FileFromAsync(await ImportBaseWithoutFileAsync(), NoServer, "&storage=foo"), 422, "InvalidParameter");

    [TestCase("file:///etc/passwd", "the source is not an http or https URL")]
    [TestCase(NoServer, "Connection refused")]
    public async Task A_source_without_a_server_is_a_remote_error(string source, string reason)
    {
        var uuid = await ImportBaseWithoutFileAsync();
        AssertRefused(
            await Admin.FileFromAsync(uuid, source), 503, "RemoteSourceError", $"Unable to get manifest for image {uuid}. Error from remote: {reason}");
    }

    [TestCase("")]
    [TestCase(",\"files\":[]")]
    [TestCase(",\"files\":[{\"sha1\":\"../../x\",\"size\":1,\"compression\":\"gzip\"}]")]
    [TestCase(",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":-1,\"compression\":\"gzip\"}]")]
    [TestCase(",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":1,\"compression\":\"zip\"}]")]
    [TestCase(",\"files\":[5]")]
    public async Task A_source_whose_manifest_has_no_valid_file_entry_is_a_remote_error(string files)
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(uuid, files)));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 503, "RemoteSourceError");
    }

    [Test]
    public async Task A_file_whose_announced_size_is_too_big_is_not_downloaded()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(
            uuid, ",\"files\":[{\"sha1\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":21474836481,\"compression\":\"gzip\"}]")));
        AssertRefused(await Admin.FileFromAsync(uuid, source.Address), 400, "Upload");
        Assert.That(source.FileRequests, Is.Empty);
    }

    [Test]
    public async Task A_client_that_disconnects_ends_the_download_from_the_source()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var never = new TaskCompletionSource();
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, bodyLimit: 100_000, hold: never.Task));
        using var disconnect = new CancellationTokenSource();
        var request = Admin.PutAsync($"/images/{uuid}/file?source={Uri.EscapeDataString(source.Address.ToString())}", null, disconnect.Token);
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Length == 2);
        await disconnect.CancelAsync();
        Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Length == 1);
        never.SetResult();
    }
}
