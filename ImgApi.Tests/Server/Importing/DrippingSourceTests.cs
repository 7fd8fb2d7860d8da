using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Sources that let a file drip, so that a job would hold its place for an hour.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DrippingSourceTests : ImportFixture
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    protected override ServerConfiguration Configure(ServerConfiguration configuration)
    {
        var impatient = Impatient(configuration);
        return impatient with { Remote = impatient.Remote with { StallTimeout = Window, Attempts = 2 } };
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
    public async Task A_job_ends_and_the_source_is_not_asked_again()
    {
        await using var source = new ScriptedServer(exchange => exchange.IsForFile
            ? DripAsync(exchange, $"200 OK\r\nContent-Length: {ImageChain.FileSize}")
            : exchange.ForwardAsync(Source.Address));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Does.StartWith("Download: ").And.Contains(
            "(fewer than 16384 bytes per second came for 2 seconds; the other server cannot go on where it stopped)"));
        Assert.That(source.FileRequests, Has.Length.EqualTo(2), "one transfer, and one request for its rest");
    }

    [Test]
    public async Task Neither_does_a_source_gain_time_that_can_go_on_where_it_stopped()
    {
        await using var source = new ScriptedServer(exchange => !exchange.IsForFile
            ? exchange.ForwardAsync(Source.Address)
            : exchange.Header("Range") is not { } range
                ? DripAsync(exchange, $"200 OK\r\nETag: \"a\"\r\nContent-Length: {ImageChain.FileSize}")
                : DripAsync(exchange, $"206 Partial Content\r\nETag: \"a\"\r\nContent-Range: {range.Replace('=', ' ')}{ImageChain.FileSize - 1}/{ImageChain.FileSize}"));
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        Assert.That(job.ErrorOf(), Does.Contain("came for 2 seconds; given up after 2 attempts)"));
        Assert.That(source.FileRequests, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_caller_who_waits_for_the_file_is_refused()
    {
        await using var source = new ScriptedServer(exchange => exchange.IsForFile
            ? DripAsync(exchange, $"200 OK\r\nContent-Length: {ImageChain.FileSize}")
            : exchange.ForwardAsync(Source.Address));
        var answer = await Admin.FileFromAsync(await BaseWithoutFileAsync(), source.Address);
        AssertRefused(answer, 400, "Download");
        await AssertNothingStaysAsync(Chain.Base);
    }
}
