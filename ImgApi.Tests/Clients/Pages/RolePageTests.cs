using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The pages offer what the role of the user permits.</summary>
[TestFixture]
internal sealed class RolePageTests : WritingFixture
{
    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(configure: Team.With);

    private async Task<string> PublishAsync()
    {
        using var client = Server.As(Team.Publisher);
        return await client.PublishAsync();
    }

    private Task OpenAsAsync(string user, string path) => SignInAsync(path, user, user);

    private ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    [Test]
    public async Task A_publisher_deletes_an_own_image()
    {
        var uuid = await PublishAsync();
        await OpenAsAsync(Team.Publisher, $"/ui/images/{uuid}");
        await Button("Delete").ClickAsync();
        await Button("Delete the image").ClickAsync();
        await Page.WaitForURLAsync(Url("/"));
        Assert.That((int)(await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_manager_disables_an_image_of_another_before_its_deletion_is_offered()
    {
        await OpenAsAsync(Team.Manager, $"/ui/images/{await PublishAsync()}");
        await Expect(Button("Disable")).ToBeVisibleAsync();
        await Expect(Button("Delete")).ToBeHiddenAsync();
        await Button("Disable").ClickAsync();
        await Expect(Button("Delete")).ToBeVisibleAsync();
    }

    [TestCase(Team.Reader)]
    [TestCase(Team.OtherPublisher)]
    public async Task Users_who_may_not_change_an_image_are_offered_no_change(string user)
    {
        await OpenAsAsync(user, $"/ui/images/{await PublishAsync()}");
        await Expect(Heading("Install")).ToBeVisibleAsync();
        await Expect(Heading("Change")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_reader_is_not_offered_to_add_images()
    {
        await OpenAsAsync(Team.Reader, "/");
        await Expect(Link("Server")).ToBeVisibleAsync();
        await Expect(Link("Add")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_publisher_is_offered_to_add_images_but_no_import()
    {
        await OpenAsAsync(Team.Publisher, "/");
        await Link("Add").ClickAsync();
        await Expect(Heading("Add an image")).ToBeVisibleAsync();
        await Expect(Link("from another server")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_page_that_the_role_does_not_permit_says_which_roles_do()
    {
        await OpenAsAsync(Team.Publisher, "/ui/import");
        await Expect(Heading("the role publish may not import images from other servers; manage and admin may")).ToBeVisibleAsync();
    }
}
