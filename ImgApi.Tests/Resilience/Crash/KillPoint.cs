namespace ImgApi.Tests.Resilience.Crash;

/// <summary>When to kill, as an amount of work rather than of time.</summary>
/// <param name="Work">The unit of work that is counted.</param>
/// <param name="Amount">The count at which the server is killed.</param>
internal sealed record KillPoint(KillPoint.Unit Work, long Amount)
{
    private const int MaxAnswers = 80;
    private const int MaxBodies = 24;
    private const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>A unit of work.</summary>
    internal enum Unit
    {
        /// <summary>Answers to changes.</summary>
        Answers,

        /// <summary>Bytes of files and icons that were sent: kills during an upload.</summary>
        Bytes,

        /// <summary>Uploads whose last byte was sent: kills between flush and answer.</summary>
        Bodies,
    }

    public static KillPoint Choose(Random random) => random.Next(3) switch
    {
        0 => new KillPoint(Unit.Answers, random.Next(1, MaxAnswers)),
        1 => new KillPoint(Unit.Bytes, random.Next(1, MaxBytes)),
        _ => new KillPoint(Unit.Bodies, random.Next(1, MaxBodies)),
    };
}
