using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Downloads of an image file from a source whose connection breaks.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class InterruptedDownloadTests : ImportFixture
{
    private const int Cut = 100_000;

    [Test]
    public async Task An_interrupted_download_is_resumed_at_the_byte_where_it_broke()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var requests = 0;
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, ++requests < 3 ? Cut : null));
        AssertOk(await Admin.FileFromAsync(uuid, source.Address));
        Assert.Multiple(() =>
        {
            Assert.That(source.FileRequests.Select(request => request.Header("Range")), Is.EqualTo(new[] { null, "bytes=100000-", "bytes=200000-" }));
            Assert.That(source.FileRequests[1].Header("If-Range"), Is.EqualTo(ImageChain.Sha1(Chain.FileOf(uuid))));
        });
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(Chain.FileOf(uuid)), Is.True);
    }

    [Test]
    public async Task An_interrupted_download_from_a_source_without_ranges_fails_and_keeps_nothing()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, Cut, dropRange: true));
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("\"Content-Length\" header, 300000, does not match downloaded size, 100000"));
        await AssertNoFileIsKeptAsync(uuid);
    }

    [Test]
    public async Task A_job_restarts_an_interrupted_download_from_a_source_without_ranges()
    {
        var requests = 0;
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, ++requests == 1 ? Cut : null, dropRange: true));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Is.Empty, job.Text);
        await AssertIsCopyAsync(Chain.Base);
    }

    [Test]
    public async Task A_download_that_is_interrupted_again_and_again_fails_after_five_attempts()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var requests = 0;
        await using var source = SourceOfFiles(exchange => exchange.ForwardAsync(Source.Address, requests++ == 0 ? Cut : 0));
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.Contain("downloaded size, 100000").And.Contain("given up after 5 attempts"));
        Assert.That(source.FileRequests, Has.Length.EqualTo(6));
        await AssertNoFileIsKeptAsync(uuid);
    }

    [Test]
    public async Task An_interrupted_download_is_not_resumed_with_the_bytes_of_another_version()
    {
        var uuid = await ImportBaseWithoutFileAsync();
        var file = Chain.FileOf(uuid);
        await using var source = SourceOfFiles(exchange => exchange.Header("Range") is null
            ? exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 300000", file[..Cut])
            : exchange.SendAsync("206 Partial\r\nETag: \"b\"\r\nContent-Range: bytes 100000-299999/300000", file[Cut..]));
        var answer = await Admin.FileFromAsync(uuid, source.Address);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.Contain("cannot go on where it stopped"));
        await AssertNoFileIsKeptAsync(uuid);
    }
}
