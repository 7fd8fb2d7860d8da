using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Imports into a channel other than the default one.</summary>
[TestFixture]
internal sealed class ChannelImportTests : ImportFixture
{
    private static readonly (string, string) Version2 = ("accept-version", "~2");
    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");

    protected override ServerConfiguration Configure(ServerConfiguration configuration) => WithShortWaits(configuration) with
    {
        Rules = configuration.Rules with { Channels = new ChannelSet([Dev, Release], Dev) },
    };

    private async Task<Answer> ImportChainAsync()
    {
        var started = await Admin.ImportRemoteAsync(Chain.Top, Source.Address, "&channel=release");
        AssertOk(started);
        var job = await Server.Anonymous.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
        Assert.That(job.Json.GetProperty("execution").GetString(), Is.EqualTo("succeeded"), job.Text);
        return job;
    }

    [Test]
    public async Task A_job_imports_the_whole_chain_into_the_channel_of_the_request()
    {
        await ImportChainAsync();
        foreach (var uuid in Chain.All)
        {
            var image = await Admin.GetAnswerAsync($"/images/{uuid}?channel=release", Version2);
            Assert.That(image.Json.GetProperty("channels").EnumerateArray().Single().GetString(), Is.EqualTo("release"));
        }
    }

    [Test]
    public async Task A_job_imports_no_image_into_the_default_channel()
    {
        await ImportChainAsync();
        foreach (var uuid in Chain.All)
        {
            AssertRefused(await Admin.GetAnswerAsync($"/images/{uuid}"), 404, "ResourceNotFound", "image not found");
        }
    }

    [Test]
    public async Task The_jobs_of_an_image_are_listed_in_its_channel_only()
    {
        var job = await ImportChainAsync();
        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs?channel=release")).Text, Does.Contain(job.Uuid));
        AssertRefused(await Admin.GetAnswerAsync($"/images/{Chain.Top}/jobs"), 404, "ResourceNotFound", "image not found");
    }

    [Test]
    public async Task An_imported_manifest_is_shown_to_clients_of_version_1_without_channels()
    {
        var imported = await Admin.ImportFromAsync(Chain.Base, Source.Address, "&channel=release");
        AssertOk(imported);
        Assert.That(imported.Keys, Does.Not.Contain("channels"));
    }

    [Test]
    public async Task A_file_is_imported_in_the_channel_of_its_image_only()
    {
        AssertOk(await Admin.ImportFromAsync(Chain.Base, Source.Address, "&channel=release"));
        AssertRefused(await Admin.FileFromAsync(Chain.Base, Source.Address), 404, "ResourceNotFound", "image not found");
        AssertOk(await Admin.FileFromAsync(Chain.Base, Source.Address, "&channel=release"));
    }

    [Test]
    public async Task An_import_into_an_unknown_channel_is_refused() => AssertRefused(
        await Admin.ImportFromAsync(Chain.Base, Source.Address, "&channel=bogus"), 422, "ValidationFailed", "unknown channel: bogus");
}
