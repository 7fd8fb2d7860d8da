namespace ImgApi.Domain.Integrity;

/// <summary>
/// Keeps what is known to be damaged, over restarts and for every process that works on the same storage. Best effort: what
/// is lost is found again by the next scrub.
/// </summary>
public interface IDamageStore
{
    /// <summary>
    /// What is kept now, empty if nothing ever was; null if it cannot be read, which is logged. The same instance is returned for as long
    /// as no process changes it, at little cost.
    /// </summary>
    ValueTask<IReadOnlyList<Damage>?> LoadAsync(CancellationToken cancellation);

    /// <summary>Changes what is kept, as one change between those of other processes.</summary>
    /// <param name="entered">Damages to keep, each in place of an earlier one of the same content.</param>
    /// <param name="cleared">Contents to forget, before anything is entered.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>Whether it is kept; a fault is logged, not thrown.</returns>
    Task<bool> ChangeAsync(IReadOnlyCollection<Damage> entered, IReadOnlyCollection<DamagedContent> cleared, CancellationToken cancellation);
}
