using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Icons of images that a job imports.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RemoteIconTests : ImportFixture
{
    private static readonly byte[] Icon = [1, 2, 3, 4, 5];

    private async Task<Answer> ImportAsync(object source) => await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Top, source));

    [SetUp]
    public async Task AddIconsAsync()
    {
        foreach (var uuid in Chain.All)
        {
            await Source.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Icon, "image/gif"));
        }
    }

    [Test]
    public async Task A_job_imports_the_icon_of_each_image()
    {
        Assert.That((await ImportAsync(Source.Address)).ErrorOf(), Is.Empty);
        foreach (var uuid in Chain.All)
        {
            var icon = await Admin.GetAnswerAsync($"/images/{uuid}/icon");
            Assert.That((icon.Header("Content-Type"), icon.Bytes), Is.EqualTo(("image/gif", Icon)));
        }
    }

    [Test]
    public async Task A_job_does_not_replace_an_icon()
    {
        await Admin.ImportFromAsync(Chain.Base, Source.Address);
        await Admin.PutAnswerAsync($"/images/{Chain.Base}/icon", Requests.Bytes([9], "image/png"));
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, Source.Address))).ErrorOf(), Is.Empty);
        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Base}/icon")).Bytes, Is.EqualTo(new byte[] { 9 }));
    }

    [TestCase("404 Not Found", 0)]
    [TestCase("200 OK\r\nContent-Type: text/html", 5)]
    [TestCase("200 OK", 5)]
    [TestCase("200 OK\r\nContent-Type: image/png", 0)]
    [TestCase("200 OK\r\nContent-Type: image/png", 200_000)]
    [TestCase("200 OK\r\nContent-Type: image/png\r\nContent-Length: 10", 5)]
    public async Task A_job_succeeds_without_an_icon_that_cannot_be_downloaded(string head, int size)
    {
        await using var source = new ScriptedServer(exchange => exchange.Target.EndsWith("/icon", StringComparison.Ordinal)
            ? exchange.SendAsync(head, new byte[size])
            : exchange.ForwardAsync(Source.Address));
        var job = await ImportAsync(source.Address);
        Assert.That(job.ErrorOf(), Is.Empty);
        Assert.That(job.Text, Does.Contain("left out: "));
        var image = await Admin.GetAnswerAsync($"/images/{Chain.Top}");
        Assert.That(image.Keys, Does.Not.Contain("icon"));
        Assert.That(image.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, Chain.Top)), Has.Length.EqualTo(2));
    }
}
