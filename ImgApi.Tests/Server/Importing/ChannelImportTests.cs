using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Imports into a channel of this server.</summary>
[TestFixture]
internal sealed class ChannelImportTests : ImportFixture
{
    private static readonly (string, string) Second = ("accept-version", "~2");
    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");

    protected override ServerConfiguration Configure(ServerConfiguration configuration) => Impatient(configuration) with
    {
        Rules = configuration.Rules with { Channels = new ChannelSet([Dev, Release], Dev) },
    };

    [Test]
    public async Task A_job_brings_the_whole_chain_into_the_channel_of_the_request()
    {
        var started = await Admin.ImportRemoteAsync(Chain.Top, Source.Address, "&channel=release");
        AssertOk(started);
        var job = await Server.Anonymous.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), job.Text);
        foreach (var uuid in Chain.All)
        {
            var image = await Admin.GetAnswerAsync($"/images/{uuid}?channel=release", Second);
            Assert.That(image.Json.GetProperty("channels").EnumerateArray().Single().GetString(), Is.EqualTo("release"));
            AssertRefused(await Admin.GetAnswerAsync($"/images/{uuid}"), 404, "ResourceNotFound", "image not found");
        }

        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?channel=release")).Text, Does.Contain(job.Json.GetProperty("uuid").GetString()));
        AssertRefused(await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs"), 404, "ResourceNotFound", "image not found");
    }

    [Test]
    public async Task A_manifest_and_a_file_come_into_the_channel_of_the_request()
    {
        var imported = await Admin.ImportFromAsync(Chain.Base, Source.Address, "&channel=release");
        AssertOk(imported);
        Assert.That(imported.Keys, Does.Not.Contain("channels"), "the caller's version is 1");
        AssertRefused(await Admin.FileFromAsync(Chain.Base, Source.Address), 404, "ResourceNotFound", "image not found");
        AssertOk(await Admin.FileFromAsync(Chain.Base, Source.Address, "&channel=release"));
        AssertRefused(await Admin.ImportFromAsync(Chain.Middle, Source.Address, "&channel=bogus"), 422, "ValidationFailed", "unknown channel: bogus");
    }
}
