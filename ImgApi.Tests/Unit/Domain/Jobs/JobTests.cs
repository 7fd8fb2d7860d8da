using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Tests.Unit.Domain.Jobs;

/// <summary>The state of an import.</summary>
[TestFixture]
internal sealed class JobTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly JobResult Last = new("last", "", new JobError("Download", "no"), Now, Now);

    private static Job Running() => new Job
    {
        Uuid = Uuid.New(),
        Source = ImageSource.TryParse("https://reader:geheim@images.example.com", out var source) ? source : throw new FormatException(),
        Images = [Uuid.New()],
        RequestId = "some-id",
        CreatedAt = Now,
    }.Start();

    [Test]
    public void A_running_job_has_the_credentials_of_its_source() => Assert.That(Running().Source.Credentials, Is.EqualTo("reader:geheim"));

    [Test]
    public void A_finished_job_has_no_credentials_any_more()
    {
        Job[] finished = [Running().Succeed(Now), Running().Fail(Last), Running().Cancel(Last)];
        Assert.That(finished.Select(job => job.Source.ToSecretUrl()), Is.All.EqualTo("https://images.example.com"));
    }
}
