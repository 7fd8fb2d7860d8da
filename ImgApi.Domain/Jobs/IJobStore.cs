namespace ImgApi.Domain.Jobs;

/// <summary>
/// Stores jobs. When a write returns, it is visible to every reader and survives power loss. After a failure a job has either its old or its
/// new state, and <see cref="FindAsync"/> returns that one. Faults of the medium are <see cref="ErrorCode.InsufficientStorage"/> or
/// <see cref="ErrorCode.StorageIsDown"/>. Writes of one job must not overlap.
/// </summary>
public interface IJobStore
{
    /// <summary>Adds a job, or replaces its earlier state.</summary>
    Task SaveAsync(Job job, CancellationToken cancellation);

    ValueTask<Job?> FindAsync(Uuid uuid, CancellationToken cancellation);

    /// <summary>In the order of their creation.</summary>
    ValueTask<IReadOnlyList<Job>> ListAsync(CancellationToken cancellation);

    /// <summary>An unknown job is not an error.</summary>
    Task RemoveAsync(Uuid uuid, CancellationToken cancellation);
}
