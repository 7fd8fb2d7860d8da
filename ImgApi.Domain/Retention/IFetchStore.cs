namespace ImgApi.Domain.Retention;

/// <summary>Stores how often images were fetched. Only one server uses it.</summary>
public interface IFetchStore
{
    /// <summary>Null if nothing was ever stored, or if it cannot be read, which is logged.</summary>
    Task<FetchRecord?> LoadAsync(CancellationToken cancellation);

    /// <summary>Replaces what was stored, atomically. Returns whether it did; a fault is logged, not thrown.</summary>
    Task<bool> SaveAsync(FetchRecord record, CancellationToken cancellation);
}
