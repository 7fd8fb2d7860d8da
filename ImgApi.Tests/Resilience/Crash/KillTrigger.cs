namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Counts work and kills once, on the thread that reaches the kill point.</summary>
internal sealed class KillTrigger(KillPoint point, Action kill)
{
    private long _done;
    private int _fired;

    public bool HasFired => Volatile.Read(ref _fired) != 0;

    public void Count(KillPoint.Unit work, long amount = 1)
    {
        if (work == point.Work && Interlocked.Add(ref _done, amount) >= point.Amount && Interlocked.Exchange(ref _fired, 1) == 0)
        {
            kill();
        }
    }
}
