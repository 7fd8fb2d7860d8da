namespace ImgApi.Domain.Jobs;

/// <summary>
/// Keeps jobs. When a writing member returns, the change is visible to every reader and survives power loss; after any
/// failure a job is entirely as before or entirely as after, and <see cref="FindAsync"/> tells which. Faults of the medium are
/// <see cref="ImgApiException"/> with <see cref="ErrorCode.InsufficientStorage"/> or <see cref="ErrorCode.StorageIsDown"/>. Writes of one
/// job must not overlap.
/// </summary>
public interface IJobStore
{
    /// <summary>Adds a job, or replaces it by a later state of it.</summary>
    Task SaveAsync(Job job, CancellationToken cancellation);

    /// <summary>The job, or null if there is none.</summary>
    ValueTask<Job?> FindAsync(Uuid uuid, CancellationToken cancellation);

    /// <summary>All jobs in the order in which they were asked for.</summary>
    ValueTask<IReadOnlyList<Job>> ListAsync(CancellationToken cancellation);

    /// <summary>Forgets a job. One that is not there is no error.</summary>
    Task RemoveAsync(Uuid uuid, CancellationToken cancellation);
}
