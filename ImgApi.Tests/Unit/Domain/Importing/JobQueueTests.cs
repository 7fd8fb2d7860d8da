using ImgApi.Domain.Importing;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Tests.Unit.Domain.Importing;

/// <summary>Which job gets a slot next.</summary>
[TestFixture]
internal sealed class JobQueueTests
{
    private static readonly Uuid Origin = Uuid.New();

    private JobQueue _queue = null!;

    [SetUp]
    public void CreateQueue() => _queue = new JobQueue();

    private LiveJob Add(string source, params Uuid[] images)
    {
        Assert.That(ImageSource.TryParse(source, out var from), Is.True);
        var live = new LiveJob(new Job { Uuid = Uuid.New(), Source = from!, Images = [.. images, Uuid.New()], RequestId = "some-id", CreatedAt = DateTimeOffset.UnixEpoch });
        _queue.Add(live);
        return live;
    }

    private Task<LiveJob> TakeAsync() => _queue.TakeAsync(CancellationToken.None);

    [Test]
    public async Task A_job_that_waits_for_an_origin_of_another_job_takes_no_slot()
    {
        Add("http://one", Origin);
        Add("http://two", Origin);
        var other = Add("http://three");
        await TakeAsync();
        Assert.That(await TakeAsync(), Is.SameAs(other));
    }

    [Test]
    public async Task A_job_gets_a_slot_when_another_job_has_finished_their_common_origin()
    {
        var first = Add("http://one", Origin);
        var second = Add("http://two", Origin);
        await TakeAsync();
        var next = TakeAsync();
        Assert.That(next.IsCompleted, Is.False);
        _queue.FinishImage(first, Origin);
        Assert.That(await next, Is.SameAs(second));
    }

    [Test]
    public async Task A_job_gets_no_slot_while_a_canceled_job_removes_their_common_origin()
    {
        var canceled = Add("http://one", Origin);
        var second = Add("http://two", Origin);
        _queue.Withdraw(canceled);
        var next = TakeAsync();
        Assert.That(next.IsCompleted, Is.False);
        _queue.Release(await _queue.TakeWithdrawnAsync(CancellationToken.None));
        Assert.That(await next, Is.SameAs(second));
    }

    [Test]
    public async Task An_origin_of_a_running_job_counts_as_being_imported_for_all_other_jobs()
    {
        var running = Add("http://one", Origin);
        var other = Add("http://two");
        await TakeAsync();
        Assert.That((_queue.IsBeingImported(Origin, except: other), _queue.IsBeingImported(Origin, except: running)), Is.EqualTo((true, false)));
    }
}
