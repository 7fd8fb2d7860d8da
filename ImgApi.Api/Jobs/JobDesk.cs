using System.Collections.Concurrent;
using System.Threading.Channels;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Jobs;

/// <summary>Where jobs are handed in, and where those stand that wait or are worked on in this process.</summary>
public sealed class JobDesk(IJobStore store, TimeProvider clock) : IDisposable
{
    /// <summary>Jobs that may wait or run: a whole public catalogue, and a bound on what a hostile caller costs.</summary>
    public const int MaxLive = 2000;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    private readonly Channel<Uuid> _waiting = Channel.CreateUnbounded<Uuid>();
    private readonly ConcurrentDictionary<Uuid, JobProgress> _live = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The job that is to make an image, or is at it; null if there is none.</summary>
    public Job? FindLive(Uuid image) => Live().FirstOrDefault(job => job.Image == image);

    /// <summary>Whether a job is to make an image, be it as the origin of another one.</summary>
    public bool IsBeingMade(Uuid image) => Live().Any(job => job.Images.Contains(image));

    /// <summary>How far a job is that is worked on now; null for others.</summary>
    public JobProgress? Progress(Uuid job) => _live.GetValueOrDefault(job);

    /// <summary>Keeps a new job and puts it in the queue. If one for the image is there already, that one is returned.</summary>
    /// <param name="image">The image, at its source.</param>
    /// <param name="chain">What to import, origins first.</param>
    /// <param name="channel">The channel that they are to be in; null on a server without channels.</param>
    /// <param name="isForced">See <see cref="Job.IsForced"/>.</param>
    /// <param name="cancellation">Honoured until the job is kept.</param>
    /// <exception cref="ImgApiException"><c>ServiceUnavailableError</c> if too many wait; the store's own.</exception>
    public async Task<Job> SubmitAsync(RemoteImage image, IReadOnlyList<Uuid> chain, string? channel, bool isForced, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (FindLive(image.Uuid) is { } running)
            {
                return running;
            }

            if (_live.Count >= MaxLive)
            {
                throw new ImgApiException(ErrorCode.ServiceUnavailable, $"{MaxLive} jobs are waiting already, try again later")
                {
                    RetryAfter = TryAgainAfter,
                };
            }

            var job = new Job
            {
                Uuid = Uuid.New(),
                Source = image.Source,
                Images = chain,
                Channel = channel,
                IsForced = isForced,
                RequestId = image.RequestId,
                CreatedAt = clock.GetUtcNow(),
            };
            await KeepAsync(job, cancellation);
            return job;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts the jobs into the queue that an earlier process did not finish. Called once, before requests are taken.</summary>
    /// <returns>How many there are.</returns>
    public int TakeUpUnfinished()
    {
        var unfinished = store.List().Where(job => !job.IsFinished).ToArray();
        foreach (var job in unfinished)
        {
            Enqueue(job.Uuid);
        }

        return unfinished.Length;
    }

    /// <summary>The jobs that wait, each once, as they come.</summary>
    internal IAsyncEnumerable<Uuid> WaitingAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    /// <summary>Nobody works on the job any more.</summary>
    internal void Leave(Uuid job) => _live.TryRemove(job, out _);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private IEnumerable<Job> Live() => _live.Keys.Select(store.Find).OfType<Job>().Where(job => !job.IsFinished);

    private async Task KeepAsync(Job job, CancellationToken cancellation)
    {
        try
        {
            await store.SaveAsync(job, cancellation);
        }
        finally
        {
            // A job that is in place without having been flushed would otherwise begin at the next start, when nobody expects it.
            if (store.Find(job.Uuid) is not null)
            {
                Enqueue(job.Uuid);
            }
        }
    }

    private void Enqueue(Uuid job)
    {
        _live[job] = new JobProgress();
        _waiting.Writer.TryWrite(job);
    }
}
