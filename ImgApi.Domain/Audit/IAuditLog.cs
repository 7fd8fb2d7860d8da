namespace ImgApi.Domain.Audit;

/// <summary>
/// The events of this server, in the order of their numbers. Events are only added, until they are older than <c>auditDays</c>. A repository
/// records the event of each change itself, so that no change takes effect without one.
/// </summary>
public interface IAuditLog
{
    /// <summary>Number of the last event; 0 if there is none.</summary>
    long LastNumber { get; }

    /// <summary>Records an event. It is durable when the task completes.</summary>
    /// <returns>The event with its number, time and hash.</returns>
    /// <exception cref="ImgApiException"><c>InsufficientStorage</c> or <c>StorageIsDown</c>; then it is not recorded.</exception>
    Task<AuditEvent> AppendAsync(AuditEvent one);

    /// <summary>
    /// Records an event that no answer waits for. It may be lost if the disk is full, if the process is killed within the next moment, or if
    /// very many arrive at once; the log says so in the first and the last case.
    /// </summary>
    void Note(AuditEvent one);

    /// <summary>The matching events, the newest first.</summary>
    /// <exception cref="ImgApiException"><c>StorageIsDown</c>.</exception>
    Task<IReadOnlyList<AuditEvent>> ReadAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>The events after the one with that number, the oldest first.</summary>
    /// <exception cref="ImgApiException"><c>StorageIsDown</c>.</exception>
    Task<IReadOnlyList<AuditEvent>> ReadAfterAsync(long number, int limit, CancellationToken cancellation);
}
