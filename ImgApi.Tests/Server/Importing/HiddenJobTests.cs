using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Jobs for private images, on a server that hides those from strangers.</summary>
[TestFixture]
internal sealed class HiddenJobTests : ImportFixture
{
    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        Impatient(configuration) with { ReadAccess = ReadAccess.Private };

    [Test]
    public async Task Strangers_see_no_more_than_their_state()
    {
        var job = await Admin.StartJobAsync(Chain.Top, Source.Address);
        await Admin.JobEndAsync(job);
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/jobs/{job}")).Keys, Does.Not.Contain("params"));
        AssertRefused(await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"), 404, "ResourceNotFound", $"image {Chain.Top} not found");
        foreach (var uuid in Chain.All)
        {
            await Admin.ActAsync(uuid, "update", Requests.Json("""{"public":true}"""));
        }

        Assert.That((await Server.Anonymous.GetAnswerAsync($"/jobs/{job}")).Keys, Does.Contain("params"));
        AssertOk(await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"));
    }
}
