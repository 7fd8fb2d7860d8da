namespace ImgApi.Tests.Resilience.Crash;

/// <summary>When to kill: an amount of work, never of time.</summary>
/// <param name="Work">What is counted.</param>
/// <param name="Amount">The kill happens when so much has been counted.</param>
internal sealed record KillPoint(KillPoint.Unit Work, long Amount)
{
    private const int MostAnswers = 80;
    private const int MostBodies = 24;
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>What work is measured in.</summary>
    internal enum Unit
    {
        /// <summary>Answers to changes.</summary>
        Answers,

        /// <summary>Bytes of files and icons that were sent: kills in mid-upload.</summary>
        Bytes,

        /// <summary>Uploads whose last byte was sent: kills between flush and answer.</summary>
        Bodies,
    }

    public static KillPoint Choose(Random random) => random.Next(3) switch
    {
        0 => new KillPoint(Unit.Answers, random.Next(1, MostAnswers)),
        1 => new KillPoint(Unit.Bytes, random.Next(1, MostBytes)),
        _ => new KillPoint(Unit.Bodies, random.Next(1, MostBodies)),
    };
}
