using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources that send a file so slowly that a job would hold its slot for an hour.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DrippingSourceTests : ImportFixture
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    protected override ServerConfiguration Configure(ServerConfiguration configuration)
    {
        var withShortWaits = WithShortWaits(configuration);
        return withShortWaits with { Remote = withShortWaits.Remote with { StallTimeout = Window, Attempts = 2 } };
    }

    private static async Task DripAsync(Exchange exchange, string head)
    {
        await exchange.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\n\r\n"));
        while (true)
        {
            await exchange.WriteAsync(new byte[1]);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    [Test]
    public async Task A_job_whose_source_drips_fails_without_a_retry()
    {
        await using var source = SourceOfFiles(exchange => DripAsync(exchange, $"200 OK\r\nContent-Length: {ImageChain.FileSize}"));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Does.StartWith("Download: ").And.Contains(
            "(fewer than 16384 bytes per second came for 2 seconds; the other server cannot go on where it stopped)"));
        Assert.That(source.FileRequests, Has.Length.EqualTo(2), "one transfer, and one request for its rest");
    }

    [Test]
    public async Task A_job_whose_source_drips_and_supports_ranges_fails_without_a_retry()
    {
        await using var source = SourceOfFiles(exchange => exchange.Header("Range") is not { } range
            ? DripAsync(exchange, $"200 OK\r\nETag: \"a\"\r\nContent-Length: {ImageChain.FileSize}")
            : DripAsync(exchange, $"206 Partial Content\r\nETag: \"a\"\r\nContent-Range: {range.Replace('=', ' ')}{ImageChain.FileSize - 1}/{ImageChain.FileSize}"));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Does.Contain("came for 2 seconds; given up after 2 attempts)"));
        Assert.That(source.FileRequests, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_caller_who_waits_for_a_file_that_drips_is_refused()
    {
        await using var source = SourceOfFiles(exchange => DripAsync(exchange, $"200 OK\r\nContent-Length: {ImageChain.FileSize}"));
        AssertRefused(await Admin.FileFromAsync(await ImportBaseWithoutFileAsync(), source.Address), 400, "Download");
        await AssertNoFileIsKeptAsync(Chain.Base);
    }
}
