using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class CloneChecks() : ContractFixture(ServerMode.Dc, configuration => configuration with
{
    Authentication = AuthenticationKind.None,
    Users = [],
    Rules = configuration.Rules with { AdminUuid = Uuid.Parse(TheAdmin) },
})
{
    private const string TheAdmin = "dddddddd-dddd-4ddd-8ddd-dddddddddddd";

    private static readonly string[] SharedWithB = [AccountB];

    private Task<Answer> CloneAsync(string uuid, string? account) =>
        Anonymous.PostAnswerAsync($"/images/{uuid}/clone" + (account is null ? "" : $"?account={account}"));

    private async Task<string> PublishAsync(params (string Key, object? Value)[] changes) =>
        await Anonymous.PublishAsync([("owner", AccountA), ("acl", SharedWithB), .. changes]);

    [Test]
    public async Task Check_169_who_may_not_clone()
    {
        var uuid = await PublishAsync();
        var missing = await CloneAsync(uuid, null);
        AssertRefused(missing, 422, "InvalidParameter", "account:Invalid");
        Assert.That(missing.Message, Is.EqualTo("invalid \"account\": not a UUID: \"undefined\""));
        AssertRefused(await CloneAsync(uuid, "x"), 422, "InvalidParameter", "account:Invalid");
        var owner = await CloneAsync(uuid, AccountA);
        AssertRefused(owner, 422, "ImageNotShared");
        Assert.That(owner.Message, Is.EqualTo($"Image {uuid} is not shared with account {AccountA}"));
        AssertNotFound(await CloneAsync(uuid, "cccccccc-cccc-4ccc-8ccc-cccccccccccc"), "image not found");
        AssertNotFound(await CloneAsync(UnknownUuid, AccountB), $"image {UnknownUuid} not found");
    }

    [TestCase("Basic bm86bm8=")]
    [TestCase("Bearer x")]
    [TestCase("Signature keyId=\"a\"")]
    public async Task Where_nothing_is_asked_credentials_are_not_looked_at(string credentials)
    {
        foreach (var path in new[] { "/ping", "/images", $"/images/{UnknownUuid}/file" })
        {
            Assert.That((int)(await Anonymous.GetAnswerAsync(path, ("Authorization", credentials))).Status, Is.LessThan(500), path);
        }

        AssertImage(await Anonymous.GetAnswerAsync("/ping", ("Authorization", credentials)));
        AssertNotFound(await Anonymous.GetAnswerAsync("/nope", ("Authorization", credentials)), "/nope does not exist");
    }

    [Test]
    public async Task What_cannot_be_cloned()
    {
        var docker = await PublishAsync(
            ("type", "docker"), ("os", "linux"), ("tags", new Dictionary<string, string> { ["docker:id"] = "1" }));
        AssertRefused(await CloneAsync(docker, AccountB), 422, "ValidationFailed", "type:Invalid");
        var mine = await Anonymous.CreateAsync(("owner", AccountB), ("acl", SharedWithB));
        AssertRefused(await CloneAsync(mine, AccountB), 422, "ValidationFailed", "active:Invalid");
    }

    [Test]
    public async Task Check_169_a_clone_is_a_new_active_image_of_its_account()
    {
        var uuid = await PublishAsync(("tags", new { role = "db" }));
        await Anonymous.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([9], "image/png"));
        var clone = await CloneAsync(uuid, AccountB);
        AssertImage(clone);
        Assert.Multiple(() =>
        {
            Assert.That(clone.Uuid, Is.Not.EqualTo(uuid));
            Assert.That(clone.Json.GetProperty("owner").GetString(), Is.EqualTo(AccountB));
            Assert.That(clone.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
            Assert.That(clone.Keys, Does.Not.Contain("acl").And.Contain("published_at").And.Contain("icon"));
            Assert.That(clone.Json.GetProperty("tags").GetProperty("role").GetString(), Is.EqualTo("db"));
            Assert.That(clone.Header("Etag"), Is.Null);
        });
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{clone.Uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{clone.Uuid}/icon")).Bytes, Is.EqualTo(new byte[] { 9 }));
        await Anonymous.DeleteAnswerAsync($"/images/{uuid}");
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{clone.Uuid}/file"));
    }

    [Test]
    public async Task Origins_are_copied_up_to_the_administrators()
    {
        var theirs = await Anonymous.PublishAsync(("owner", TheAdmin), ("public", true));
        var middle = await PublishAsync(("origin", theirs));
        var top = await PublishAsync(("origin", middle));
        var clone = await CloneAsync(top, AccountB);
        var copyOfMiddle = (await Anonymous.GetAnswerAsync($"/images/{clone.Json.GetProperty("origin").GetString()}")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(copyOfMiddle.GetProperty("uuid").GetString(), Is.Not.EqualTo(middle));
            Assert.That(copyOfMiddle.GetProperty("owner").GetString(), Is.EqualTo(AccountB));
            Assert.That(copyOfMiddle.GetProperty("state").GetString(), Is.EqualTo("disabled"));
            Assert.That(copyOfMiddle.GetProperty("origin").GetString(), Is.EqualTo(theirs));
        });
    }

    [Test]
    public async Task A_clone_of_damaged_bytes_is_the_servers_fault()
    {
        var uuid = await PublishAsync();
        await File.WriteAllBytesAsync(Directory.GetFiles(Path.Combine(Server.DataFolder, uuid), "image-*").Single(), [4, 3, 2, 1]);
        AssertRefused(await CloneAsync(uuid, AccountB), 500, "InternalError");
    }

    [Test]
    public async Task A_clone_that_fails_leaves_nothing()
    {
        var middle = await PublishAsync();
        var top = await PublishAsync(("origin", middle));
        File.Delete(Directory.GetFiles(Path.Combine(Server.DataFolder, top), "image-*").Single());
        var before = Directory.GetDirectories(Server.DataFolder).Length;
        AssertNotFound(await CloneAsync(top, AccountB));
        Assert.That(Directory.GetDirectories(Server.DataFolder), Has.Length.EqualTo(before));
    }
}
