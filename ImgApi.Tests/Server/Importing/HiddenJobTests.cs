using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Jobs that import private images, on a server that hides these images from strangers.</summary>
[TestFixture]
internal sealed class HiddenJobTests : ImportFixture
{
    private string _job = null!;

    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        WithShortWaits(configuration) with { ReadAccess = ReadAccess.Private };

    [SetUp]
    public async Task ImportAsync()
    {
        _job = await Admin.StartJobAsync(Chain.Top, Source.Address);
        await Admin.JobEndAsync(_job);
    }

    private async Task PublishImagesAsync()
    {
        foreach (var uuid in Chain.All)
        {
            await Admin.ActAsync(uuid, "update", Requests.Json("""{"public":true}"""));
        }
    }

    [Test]
    public async Task Strangers_do_not_see_the_parameters_of_a_job_for_private_images() =>
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/jobs/{_job}")).Keys, Does.Not.Contain("params"));

    [Test]
    public async Task Strangers_do_not_find_the_jobs_of_a_private_image() => AssertRefused(
        await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"), 404, "ResourceNotFound", $"image {Chain.Top} not found");

    [Test]
    public async Task Strangers_do_not_list_all_jobs() =>
        Assert.That((int)(await Server.Anonymous.GetAnswerAsync("/jobs")).Status, Is.EqualTo(401));

    [Test]
    public async Task Users_list_all_jobs() => Assert.That(
        (await Admin.GetAnswerAsync("/jobs")).Json.EnumerateArray().Select(job => job.GetProperty("uuid").GetString()), Does.Contain(_job));

    [Test]
    public async Task Strangers_see_the_parameters_of_a_job_whose_images_have_become_public()
    {
        await PublishImagesAsync();
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/jobs/{_job}")).Keys, Does.Contain("params"));
    }

    [Test]
    public async Task Strangers_list_the_jobs_of_an_image_that_has_become_public()
    {
        await PublishImagesAsync();
        AssertOk(await Server.Anonymous.GetAnswerAsync($"/images/{Chain.Top}/jobs"));
    }
}
