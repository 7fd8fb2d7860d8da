using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api.Importing;

/// <summary>Jobs for private images, on a server that hides those from strangers.</summary>
[TestFixture]
internal sealed class HiddenJobTests : ImportFixture
{
    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        Impatient(configuration) with { ReadAccess = ReadAccess.Private };

    [Test]
    public async Task Strangers_do_not_see_them()
    {
        var job = await Admin.StartJobAsync(Chain.Top, Source.Address);
        await Admin.JobEndAsync(job);
        AssertRefused(await Server.Anonymous.GetAnswerAsync($"/jobs/{job}"), 404, "ResourceNotFound", $"job {job} not found");
        AssertRefused(await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"), 404, "ResourceNotFound", $"image {Chain.Top} not found");
        foreach (var uuid in Chain.All)
        {
            await Admin.ActAsync(uuid, "update", Requests.Json("""{"public":true}"""));
        }

        AssertOk(await Server.Anonymous.GetAnswerAsync($"/jobs/{job}"));
        AssertOk(await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"));
    }
}
