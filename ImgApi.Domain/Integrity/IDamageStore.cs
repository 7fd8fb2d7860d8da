namespace ImgApi.Domain.Integrity;

/// <summary>
/// Keeps what is known to be damaged, over restarts and for every process that works on the same storage. Best effort: what
/// is lost is found again by the next scrub.
/// </summary>
public interface IDamageStore
{
    /// <summary>Whether another process may have changed what is kept since this instance last loaded or changed it. Cheap.</summary>
    bool HasChanged { get; }

    /// <summary>What is kept, empty if nothing ever was; null if it cannot be read, which is logged.</summary>
    IReadOnlyList<Damage>? Load();

    /// <summary>
    /// Keeps what <paramref name="change"/>, which is called once whatever happens, makes of what is kept (null as for
    /// <see cref="Load"/>). No other process comes between.
    /// </summary>
    /// <returns>Whether it is kept; a fault is logged, not thrown.</returns>
    bool Change(Func<IReadOnlyList<Damage>?, IReadOnlyList<Damage>> change);
}
