using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The icon of an image (contract 5.12).</summary>
[TestFixture]
internal sealed class IconChecks : FileFixture
{
    private static readonly byte[] Icon = Content[..500];

    private Task<Answer> PutIconAsync(string uuid, byte[] bytes, string? type = "image/png", string query = "") =>
        Admin.PutAnswerAsync($"/images/{uuid}/icon{query}", Requests.Bytes(bytes, type));

    /// <summary>An active image with an icon.</summary>
    private async Task<string> PublishWithIconAsync()
    {
        var uuid = await Admin.PublishAsync();
        AssertImage(await PutIconAsync(uuid, Icon, "image/gif"));
        return uuid;
    }

    [TestCase("image/bmp")]
    [TestCase("image/png; charset=x")]
    [TestCase(null)]
    [Check(115)]
    public async Task An_icon_of_a_type_other_than_jpeg_gif_and_png_is_refused(string? type)
    {
        var answer = await PutIconAsync(await Admin.CreateAsync(), [1], type);
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo(
            $"invalid content-type, {type ?? "undefined"}, must be one of image/jpeg, image/gif, image/png"));
    }

    [Test]
    [Check(116)]
    public async Task An_icon_of_128_kib_is_accepted() => AssertImage(await PutIconAsync(await Admin.CreateAsync(), new byte[131072]));

    [Test]
    [Check(116)]
    public async Task An_icon_above_128_kib_is_refused()
    {
        var answer = await PutIconAsync(await Admin.CreateAsync(), new byte[131073]);
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo("icon size 131073 (from Content-Length) exceeds the maximum allowed size, 128 KiB"));
    }

    [Test]
    [Check(116)]
    public async Task An_empty_icon_is_refused() => AssertRefused(await PutIconAsync(await Admin.CreateAsync(), []), 400, "Upload");

    [Test]
    public async Task An_icon_with_a_wrong_sha1_is_refused_and_not_stored()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await PutIconAsync(uuid, [1], query: $"?sha1={new string('0', 40)}"), 400, "Upload");
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}/icon"));
    }

    [Test]
    [Check(115, 117)]
    public async Task The_manifest_of_an_active_image_shows_a_new_icon() =>
        Assert.That((await PutIconAsync(await Admin.PublishAsync(), Icon)).Json.GetProperty("icon").GetBoolean(), Is.True);

    [Test]
    [Check(118)]
    public async Task An_icon_is_downloaded_as_it_was_uploaded()
    {
        var answer = await Anonymous.GetAnswerAsync($"/images/{await PublishWithIconAsync()}/icon");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Bytes, Is.EqualTo(Icon));
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("image/gif"));
            Assert.That(answer.Header("Content-MD5"), Is.Not.Null);
            Assert.That(answer.Header("Etag"), Does.Match("^[0-9a-f]{40}$"));
        });
    }

    [Test]
    [Check(118)]
    public async Task A_download_of_the_icon_of_an_image_without_icon_is_not_found()
    {
        var uuid = await Admin.PublishAsync();
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}/icon"), $"image \"{uuid}\" has no icon");
    }

    [Test]
    public async Task A_post_replaces_the_icon()
    {
        var uuid = await Admin.PublishAsync();
        await PutIconAsync(uuid, Content[..1000]);
        AssertImage(await Admin.PostAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Icon, "image/gif")));
        var icon = await Anonymous.GetAnswerAsync($"/images/{uuid}/icon");
        Assert.That((icon.Bytes, icon.Header("Content-Type")), Is.EqualTo((Icon, "image/gif")));
        Assert.That(FilesOf(uuid), Has.Length.EqualTo(3), "the manifest, the file and one icon");
    }

    [Test]
    [Check(119)]
    public async Task A_deleted_icon_is_gone_from_manifest_and_folder()
    {
        var uuid = await PublishWithIconAsync();
        var answer = await Admin.DeleteAnswerAsync($"/images/{uuid}/icon");
        AssertImage(answer);
        Assert.That(answer.Keys, Does.Not.Contain("icon"));
        Assert.That(FilesOf(uuid), Has.Length.EqualTo(2), "the manifest and the file");
    }

    [Test]
    [Check(119)]
    public async Task A_second_deletion_of_an_icon_is_not_found()
    {
        var uuid = await PublishWithIconAsync();
        await Admin.DeleteAnswerAsync($"/images/{uuid}/icon");
        AssertNotFound(await Admin.DeleteAnswerAsync($"/images/{uuid}/icon"), $"image \"{uuid}\" has no icon");
    }
}
