using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Reads from a data folder that trondn/imgapi wrote.</summary>
[TestFixture]
internal sealed class SeedFolderChecks : SeedFolderFixture
{
    [Test]
    [Check(170)]
    public async Task Active_images_of_the_folder_are_listed_with_a_date_and_an_integer_size()
    {
        await using var server = await StartAsync();
        var list = (await server.Anonymous.GetAnswerAsync("/images")).Json.EnumerateArray().ToArray();
        Assert.That(list.Select(image => image.GetProperty("uuid").GetString()), Is.EquivalentTo(new[] { Active, Enabled, FileMissing }));
        foreach (var image in list)
        {
            Assert.That(image.GetProperty("published_at").GetString(), Does.EndWith("Z"));
            Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("active"));
            Assert.That(image.GetProperty("files")[0].GetProperty("size").GetRawText(), Is.EqualTo("5000"));
            Assert.That(image.TryGetProperty("mine", out _), Is.False);
        }
    }

    [Test]
    [Check(170)]
    public async Task Files_of_the_folder_are_downloaded_with_their_digests()
    {
        await using var server = await StartAsync();
        var file = await server.Anonymous.GetAnswerAsync($"/images/{Active}/file");
        Assert.Multiple(() =>
        {
            Assert.That(file.Bytes, Is.EqualTo(Content));
            Assert.That(file.Header("Content-MD5"), Is.EqualTo(Md5));
            Assert.That(file.Header("Etag"), Is.EqualTo(Sha1));
        });
    }

    [Test]
    public async Task A_file_that_is_missing_is_not_found()
    {
        await using var server = await StartAsync();
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{FileMissing}/file")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Reads_rewrite_no_manifest()
    {
        var before = File.ReadAllBytes(ManifestPath(Active));
        await using var server = await StartAsync();
        await server.Anonymous.GetAnswerAsync("/images");
        await server.Anonymous.GetAnswerAsync($"/images/{Active}/file");
        Assert.That(File.ReadAllBytes(ManifestPath(Active)), Is.EqualTo(before));
    }

    [Test]
    public async Task A_public_server_shows_the_images_of_the_folder_as_public()
    {
        await using var server = await StartAsync(ServerMode.Public);
        Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{Active}")).Json.GetProperty("public").GetBoolean(), Is.True);
        Assert.That((await server.Anonymous.GetAnswerAsync("/images?public=true")).Json.GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task The_etag_of_an_icon_of_the_folder_is_its_sha1()
    {
        var uuid = Uuid.New().ToString();
        Folder.Write($"{uuid}/manifest.json", $$"""{"uuid":"{{uuid}}","name":"a","version":"1","type":"zone-dataset","os":"smartos","state":"active","icon":true}""");
        Folder.Write($"{uuid}/icon.png", "icon");
        await using var server = await StartAsync();
        var answer = await server.Anonymous.GetAnswerAsync($"/images/{uuid}/icon");
#pragma warning disable CA5350 // the protocol is defined with SHA-1
        Assert.That(answer.Header("ETag"), Is.EqualTo(Convert.ToHexStringLower(SHA1.HashData("icon"u8))));
#pragma warning restore CA5350
        Assert.That(answer.Text, Is.EqualTo("icon"));
    }
}
