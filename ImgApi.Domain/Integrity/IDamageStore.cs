namespace ImgApi.Domain.Integrity;

/// <summary>Keeps what is known to be damaged over restarts. Best effort: what is lost is found again by the next scrub.</summary>
public interface IDamageStore
{
    /// <summary>What was kept last; empty if nothing was, or if it cannot be read.</summary>
    IReadOnlyList<Damage> Load();

    /// <summary>Keeps these in place of what was kept before. A fault is logged, not thrown.</summary>
    void Keep(IReadOnlyList<Damage> damages);
}
