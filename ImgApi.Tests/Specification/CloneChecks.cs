using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Clones, which only servers in mode dc make (contract 5.24). Account A shares its images with account B.</summary>
[TestFixture]
internal sealed class CloneChecks() : ContractFixture(ServerMode.Dc, configuration => configuration with
{
    Authentication = AuthenticationKind.None,
    Users = [],
    Rules = configuration.Rules with { AdminUuid = Uuid.Parse(AdminAccount) },
})
{
    private const string AdminAccount = "dddddddd-dddd-4ddd-8ddd-dddddddddddd";

    private static readonly string[] SharedWithB = [AccountB];

    private Task<Answer> CloneAsync(string uuid, string? account) =>
        Anonymous.PostAnswerAsync($"/images/{uuid}/clone" + (account is null ? "" : $"?account={account}"));

    private async Task<string> PublishAsync(params (string Key, object? Value)[] changes) =>
        await Anonymous.PublishAsync([("owner", AccountA), ("acl", SharedWithB), .. changes]);

    [Test]
    [Check(169)]
    public async Task A_clone_needs_an_account()
    {
        var answer = await CloneAsync(await PublishAsync(), null);
        AssertRefused(answer, 422, "InvalidParameter", "account:Invalid");
        Assert.That(answer.Message, Is.EqualTo("invalid \"account\": not a UUID: \"undefined\""));
    }

    [Test]
    [Check(169)]
    public async Task An_account_that_is_not_a_uuid_is_refused() =>
        AssertRefused(await CloneAsync(await PublishAsync(), "x"), 422, "InvalidParameter", "account:Invalid");

    [Test]
    [Check(169)]
    public async Task The_owner_of_an_image_cannot_clone_it()
    {
        var uuid = await PublishAsync();
        var answer = await CloneAsync(uuid, AccountA);
        AssertRefused(answer, 422, "ImageNotShared");
        Assert.That(answer.Message, Is.EqualTo($"Image {uuid} is not shared with account {AccountA}"));
    }

    [Test]
    [Check(169)]
    public async Task A_stranger_does_not_find_the_image() =>
        AssertNotFound(await CloneAsync(await PublishAsync(), "cccccccc-cccc-4ccc-8ccc-cccccccccccc"), "image not found");

    [Test]
    [Check(169)]
    public async Task An_unknown_image_is_not_found() =>
        AssertNotFound(await CloneAsync(UnknownUuid, AccountB), $"image {UnknownUuid} not found");

    [Test]
    public async Task A_docker_image_cannot_be_cloned()
    {
        var docker = await PublishAsync(("type", "docker"), ("os", "linux"), ("tags", new Dictionary<string, string> { ["docker:id"] = "1" }));
        AssertRefused(await CloneAsync(docker, AccountB), 422, "ValidationFailed", "type:Invalid");
    }

    [Test]
    public async Task An_image_that_is_not_active_cannot_be_cloned()
    {
        var uuid = await Anonymous.CreateAsync(("owner", AccountB), ("acl", SharedWithB));
        AssertRefused(await CloneAsync(uuid, AccountB), 422, "ValidationFailed", "active:Invalid");
    }

    [Test]
    [Check(169)]
    public async Task A_clone_is_a_new_active_image_of_its_account()
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
    }

    [Test]
    public async Task A_clone_has_a_file_and_an_icon_of_its_own()
    {
        var uuid = await PublishAsync();
        await Anonymous.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([9], "image/png"));
        var clone = (await CloneAsync(uuid, AccountB)).Uuid;
        await Anonymous.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{clone}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{clone}/icon")).Bytes, Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    public async Task Origins_are_cloned_up_to_an_image_of_the_administrator()
    {
        var theirs = await Anonymous.PublishAsync(("owner", AdminAccount), ("public", true));
        var middle = await PublishAsync(("origin", theirs));
        var clone = await CloneAsync(await PublishAsync(("origin", middle)), AccountB);
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
    public async Task A_clone_of_a_damaged_file_is_an_internal_error()
    {
        var uuid = await PublishAsync();
        await File.WriteAllBytesAsync(FileOf(uuid), [4, 3, 2, 1]);
        AssertRefused(await CloneAsync(uuid, AccountB), 500, "InternalError");
    }

    [Test]
    public async Task A_clone_that_fails_leaves_nothing()
    {
        var top = await PublishAsync(("origin", await PublishAsync()));
        File.Delete(FileOf(top));
        var before = Directory.GetDirectories(Server.DataFolder).Length;
        AssertNotFound(await CloneAsync(top, AccountB));
        Assert.That(Directory.GetDirectories(Server.DataFolder), Has.Length.EqualTo(before));
    }

    private string FileOf(string uuid) => Directory.GetFiles(Path.Combine(Server.DataFolder, uuid), "image-*").Single();
}
