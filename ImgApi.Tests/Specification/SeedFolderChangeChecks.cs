using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Writes to a data folder that trondn/imgapi wrote.</summary>
[TestFixture]
internal sealed class SeedFolderChangeChecks : SeedFolderFixture
{
    [Test]
    public async Task A_changed_image_keeps_its_date_its_file_and_members_that_the_server_does_not_know()
    {
        string published;
        await using (var server = await StartAsync())
        {
            published = (await server.Anonymous.GetAnswerAsync($"/images/{Active}")).Json.GetProperty("published_at").GetString()!;
            await server.Admin.ActAsync(Active, "disable");
        }

        Assert.That(await File.ReadAllTextAsync(ManifestPath(Active)), Does.Contain("\"mine\"").And.Contain("1.50"));
        await using var again = await StartAsync();
        var image = (await again.Anonymous.GetAnswerAsync($"/images/{Active}")).Json;
        Assert.That(image.GetProperty("state").GetString(), Is.EqualTo("disabled"));
        Assert.That(image.GetProperty("published_at").GetString(), Is.EqualTo(published));
        Assert.That((await again.Anonymous.GetAnswerAsync($"/images/{Active}/file")).Bytes, Is.EqualTo(Content));
    }

    [Test]
    public async Task An_image_without_file_can_be_completed_and_activated()
    {
        await using (var server = await StartAsync())
        {
            await server.Admin.UploadAsync(Fresh, [1, 2, 3]);
            await server.Admin.ActAsync(Fresh, "activate");
        }

        await using var again = await StartAsync();
        Assert.That((await again.Anonymous.GetAnswerAsync($"/images/{Fresh}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_broken_manifest_reserves_its_uuid_and_is_not_overwritten()
    {
        await using (var server = await StartAsync())
        {
            var answer = await server.Admin.PostAnswerAsync($"/images/{Broken}?action=import", Requests.Manifest(("v", 2), ("uuid", Broken)));
            Assert.That((int)answer.Status, Is.EqualTo(409), answer.Text);
        }

        Assert.That(await File.ReadAllTextAsync(ManifestPath(Broken)), Is.EqualTo("{ \"uuid\": "));
    }

    [Test]
    public async Task Files_that_the_server_did_not_create_stay()
    {
        await (await StartAsync()).DisposeAsync();
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder.Path, "notes.txt")), Is.EqualTo("mine"));
        Assert.That(Directory.Exists(Path.Combine(Folder.Path, "lost+found")), Is.True);
    }
}
