namespace ImgApi.Domain.Integrity;

/// <summary>Stores the known damage for every process on the same storage. Best effort: the next background check finds lost entries again.</summary>
public interface IDamageStore
{
    /// <summary>Empty if nothing was ever stored; null if it cannot be read, which is logged. Cheap: returns the same instance as long as no process makes a change.</summary>
    ValueTask<IReadOnlyList<Damage>?> LoadAsync(CancellationToken cancellation);

    /// <summary>
    /// Removes contents, then adds damages, each of which replaces an earlier one of the same content. Atomic with respect to other
    /// processes. Returns whether the change was stored; a fault is logged, not thrown.
    /// </summary>
    Task<bool> ChangeAsync(IReadOnlyCollection<Damage> entered, IReadOnlyCollection<DamagedContent> cleared, CancellationToken cancellation);
}
