using System.Text.Json;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Tests.Conformance;

/// <summary>The guarantees of <see cref="IJobStore"/>. Each implementation has a fixture that inherits this one.</summary>
internal abstract class JobStoreConformance
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(5);

    protected abstract IJobStore Store { get; }

    /// <summary>Closes the store and opens it again over the same data.</summary>
    protected abstract void Reopen();

    protected static Job SomeJob(int minute = 0) => new()
    {
        Uuid = Uuid.New(),
        Source = ImageSource.TryParse("https://me:p%40ss%3A%2F@example.com:8443/prefix/?channel=my%20dev", out var source)
            ? source with { Account = Uuid.New(), IsConfigured = true }
            : throw new FormatException(),
        Images = [Uuid.New(), Uuid.New()],
        RequestId = "some-id",
        CreatedAt = Now.AddMinutes(minute),
    };

    private Task SaveAsync(Job job) => Store.SaveAsync(job, CancellationToken.None);

    private ValueTask<Job?> FindAsync(Uuid uuid) => Store.FindAsync(uuid, CancellationToken.None);

    private static void AssertSame(Job? found, Job expected)
    {
        Assert.That(found, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(found!.Source, Is.EqualTo(expected.Source));
            Assert.That(found.Images, Is.EqualTo(expected.Images));
            Assert.That(found.Created, Is.EqualTo(expected.Created));
            Assert.That(JsonSerializer.Serialize(found.Results), Is.EqualTo(JsonSerializer.Serialize(expected.Results)));
            Assert.That(
                (found.Uuid, found.RequestId, found.CreatedAt, found.Execution, found.FinishedAt),
                Is.EqualTo((expected.Uuid, expected.RequestId, expected.CreatedAt, expected.Execution, expected.FinishedAt)));
        });
    }

    [Test]
    public async Task A_saved_job_is_found_in_its_last_state_before_and_after_reopening()
    {
        var job = SomeJob();
        await SaveAsync(job);
        AssertSame(await FindAsync(job.Uuid), job);
        job = job.Start().WithCreated(job.Image).WithResult(new JobResult("one", "done", null, Now, Now.AddSeconds(1)));
        await SaveAsync(job);
        Reopen();
        AssertSame(await FindAsync(job.Uuid), job);
        job = job.Fail(new JobResult("two", "", new JobError("Download", "it \"broke\"", [new FieldError("name", "Invalid", "no")]), Now, Now.AddSeconds(2)));
        await SaveAsync(job);
        AssertSame(await FindAsync(job.Uuid), job);
        Reopen();
        AssertSame(await FindAsync(job.Uuid), job);
    }

    [Test]
    public async Task Jobs_are_listed_in_the_order_of_their_creation()
    {
        var jobs = new[] { SomeJob(2), SomeJob(0), SomeJob(1) };
        foreach (var job in jobs)
        {
            await SaveAsync(job);
        }

        var expected = new[] { jobs[1].Uuid, jobs[2].Uuid, jobs[0].Uuid };
        Assert.That((await Store.ListAsync(CancellationToken.None)).Select(job => job.Uuid), Is.EqualTo(expected));
        Reopen();
        Assert.That((await Store.ListAsync(CancellationToken.None)).Select(job => job.Uuid), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_removed_job_is_gone_before_and_after_reopening()
    {
        var job = SomeJob();
        await SaveAsync(job);
        await Store.RemoveAsync(job.Uuid, CancellationToken.None);
        Assert.That(await FindAsync(job.Uuid), Is.Null);
        Reopen();
        Assert.That(await FindAsync(job.Uuid), Is.Null);
    }

    [Test]
    public async Task A_second_removal_of_a_job_is_no_error()
    {
        var job = SomeJob();
        await SaveAsync(job);
        await Store.RemoveAsync(job.Uuid, CancellationToken.None);
        await Store.RemoveAsync(job.Uuid, CancellationToken.None);
    }

    [Test]
    public async Task An_unknown_job_is_null() => Assert.That(await FindAsync(Uuid.New()), Is.Null);
}
