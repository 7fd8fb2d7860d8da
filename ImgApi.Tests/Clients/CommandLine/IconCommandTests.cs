using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi icon</c>.</summary>
[TestFixture]
internal sealed class IconCommandTests : ClientFixture
{
    private string _web = null!;

    [SetUp]
    public async Task PublishAsync()
    {
        _web = await Server.Admin.PublishAsync(("name", "web"), ("version", $"{Guid.NewGuid()}"));
        await Server.Admin.PutAnswerAsync($"/images/{_web}/icon", Requests.Bytes(Samples.Of("Png"), "image/png"));
    }

    [Test]
    public async Task An_icon_is_downloaded()
    {
        var file = await OutputAsync("icon", "get", _web, "-q");
        Assert.That(await File.ReadAllBytesAsync(Client.Combine(file.TrimEnd())), Is.EqualTo(Samples.Of("Png")));
    }

    [Test]
    public async Task An_existing_file_is_not_overwritten_by_an_icon()
    {
        var file = Client.Write("mine.png", [1, 2, 3]);
        var (code, _, error) = await Client.RunAsync("icon", "get", _web, "-o", file);
        Assert.That((code, error), Is.EqualTo((2, $"imgapi: {file} exists; name another file with -o\n")));
        Assert.That(await File.ReadAllBytesAsync(Client.Combine("mine.png")), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task An_icon_is_set()
    {
        var image = await Server.Admin.PublishAsync(("name", "plain"));
        Assert.That(await OutputAsync("icon", "set", image, Client.Write("new.png", Samples.Of("Png"))), Is.EqualTo($"Set the icon of plain@1.0.0 ({image})\n"));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{image}/icon")).Bytes, Is.EqualTo(Samples.Of("Png")));
    }

    [Test]
    public async Task A_file_that_is_not_a_picture_is_refused_before_it_is_sent()
    {
        var (code, _, error) = await Client.RunAsync("icon", "set", _web, Client.Write("icon.png", [1, 2, 3]));
        Assert.That((code, error), Is.EqualTo((2, "imgapi: icon.png is not a PNG, JPEG or GIF picture\n")));
    }
}
