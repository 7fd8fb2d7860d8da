namespace ImgApi.Domain.Integrity;

/// <summary>
/// Stores the known damage, over restarts and for every process that works on the same storage. Best effort: the next background check finds
/// lost entries again.
/// </summary>
public interface IDamageStore
{
    /// <summary>
    /// The stored damage; null if it cannot be read, which is logged. Cheap, and returns the same instance as long as no process makes a
    /// change.
    /// </summary>
    ValueTask<IReadOnlyList<Damage>?> LoadAsync(CancellationToken cancellation);

    /// <summary>Changes the stored damage, atomically with respect to other processes.</summary>
    /// <param name="entered">Damages to add. Each replaces an earlier one of the same content.</param>
    /// <param name="cleared">Contents to remove, before anything is added.</param>
    /// <returns>Whether the change was stored. A fault is logged, not thrown.</returns>
    Task<bool> ChangeAsync(IReadOnlyCollection<Damage> entered, IReadOnlyCollection<DamagedContent> cleared, CancellationToken cancellation);
}
