using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>What the roles <c>read</c>, <c>manage</c> and <c>admin</c> permit, and where clients see a role.</summary>
[TestFixture]
internal sealed class RoleTests : RoleFixture
{
    [TestCase(Team.Reader, "read")]
    [TestCase(Team.Publisher, "publish")]
    [TestCase(Team.Manager, "manage")]
    public async Task A_ping_shows_users_their_role(string user, string role)
    {
        using var client = Server.As(user);
        Assert.That((await client.GetAnswerAsync("/ping")).Json.GetProperty("role").GetString(), Is.EqualTo(role));
    }

    [Test]
    public async Task A_user_without_a_role_is_admin() =>
        Assert.That((await Server.Admin.GetAnswerAsync("/ping")).Json.GetProperty("role").GetString(), Is.EqualTo("admin"));

    [Test]
    public async Task A_ping_of_a_stranger_shows_no_role() =>
        Assert.That((await Server.Anonymous.GetAnswerAsync("/ping")).Keys, Has.No.Member("role"));

    [Test]
    public async Task A_reader_creates_no_image_and_the_body_is_not_read() => AssertRefused(
        await Reader.PostAnswerAsync("/images", Requests.Json("not a manifest")),
        "the role read may not create, change or delete images; publish, manage and admin may");

    [Test]
    public async Task A_manager_changes_images_of_others() =>
        AssertDone(await Manager.PostAnswerAsync($"/images/{await Publisher.PublishAsync()}?action=disable"));

    [Test]
    public async Task A_manager_deletes_images_of_others_that_are_not_active() =>
        AssertDone(await Manager.DeleteAnswerAsync($"/images/{await Publisher.CreateAsync()}"));

    [TestCase("")]
    [TestCase("?channel=dev")]
    [TestCase("?force_all_channels=true")]
    public async Task A_manager_deletes_no_active_image_of_others(string query)
    {
        var uuid = await Publisher.PublishAsync();
        AssertRefused(
            await Manager.DeleteAnswerAsync($"/images/{uuid}{query}"),
            "the role manage may not delete an active image that the user did not publish; admin may");
    }

    [Test]
    public async Task A_manager_removes_an_active_image_from_one_of_its_channels()
    {
        var uuid = await Manager.PublishAsync();
        await Manager.ActAsync(uuid, "channel-add", Requests.Json(new { channel = "release" }));
        AssertDone(await Manager.DeleteAnswerAsync($"/images/{uuid}?channel=dev"));
        Assert.That((int)(await Reader.GetAnswerAsync($"/images/{uuid}?channel=release")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_image_whose_label_hides_that_it_is_active_is_not_deleted_by_a_manager()
    {
        var uuid = await Publisher.PublishAsync();
        await Publisher.ActAsync(uuid, "update", Requests.Json(new { state = "failed" }));
        AssertRefused(
            await Manager.DeleteAnswerAsync($"/images/{uuid}"),
            "the role manage may not delete an active image that the user did not publish; admin may");
    }

    [Test]
    public async Task An_administrator_deletes_an_active_image() =>
        AssertDone(await Server.Admin.DeleteAnswerAsync($"/images/{await Publisher.PublishAsync()}"));
}
