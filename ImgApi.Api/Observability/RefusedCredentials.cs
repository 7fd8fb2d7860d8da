namespace ImgApi.Api.Observability;

/// <summary>Counts refused credentials since the start.</summary>
internal sealed class RefusedCredentials
{
    private long _wrong;
    private long _throttled;

    /// <summary>Credentials that were checked and refused.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>Credentials that were refused without a check, because too many wrong ones came from their address (429).</summary>
    public long Throttled => Volatile.Read(ref _throttled);

    public void Count(bool isThrottled) => Interlocked.Increment(ref isThrottled ? ref _throttled : ref _wrong);
}
