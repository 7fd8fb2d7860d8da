using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The pictures on the page of the server.</summary>
[TestFixture]
internal sealed class ServerPictureTests : PageFixture
{
    protected override async Task FillAsync()
    {
        await Server.Admin.UploadAsync(await Server.Admin.CreateAsync(("name", "large")), new byte[3 * 1024 * 1024]);
        await Server.Admin.UploadAsync(await Server.Admin.CreateAsync(("name", "small")), new byte[1024 * 1024]);
    }

    [TestCase("Requests")]
    [TestCase("Bytes")]
    [TestCase("Errors")]
    public async Task A_picture_has_a_name_for_screen_readers_and_a_table_of_its_numbers(string title)
    {
        var page = await OpenAsync("/ui/server", AsOperator);
        var figure = page.GetByRole(AriaRole.Figure, new() { Name = title });
        await Expect(figure.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await figure.GetByText("Numbers by hour").ClickAsync();
        await Expect(figure.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_bar_of_a_name_is_as_long_as_its_share_of_the_largest()
    {
        var page = await OpenAsync("/ui/server", AsOperator);
        var bars = await page.Locator(".bars rect").AllAsync();
        var (large, small) = ((await bars[0].BoundingBoxAsync())!.Width, (await bars[1].BoundingBoxAsync())!.Width);
        Assert.That(small / large, Is.EqualTo(1.0 / 3).Within(0.02));
    }

    [Test]
    public async Task A_name_leads_to_its_images()
    {
        var page = await OpenAsync("/ui/server", AsOperator);
        await page.GetByRole(AriaRole.Link, new() { Name = "large" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
    }
}
