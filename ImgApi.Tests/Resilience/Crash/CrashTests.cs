using System.Globalization;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>
/// A real server is killed repeatedly in a mixed workload on one data folder. The environment variable IMGAPI_CRASH_KILLS sets how often,
/// IMGAPI_CRASH_SEED repeats the choices of a run; <c>docs/operating.md</c> has the commands.
/// </summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class CrashTests
{
    private const int DefaultKills = 20;

    [Test]
    public async Task After_a_kill_acknowledged_changes_are_present_and_unanswered_changes_are_complete_or_absent()
    {
        var seed = Setting("IMGAPI_CRASH_SEED") ?? Random.Shared.Next();
        await TestContext.Progress.WriteLineAsync($"seed {seed}");
        await using var run = new CrashRun(seed);
        for (var i = Setting("IMGAPI_CRASH_KILLS") ?? DefaultKills; i > 0; i--)
        {
            Assert.That(await run.KillOnceAsync(), Is.Empty, $"seed {seed}, kill {run.Figures.Kills}");
        }

        await TestContext.Progress.WriteLineAsync($"seed {seed}: {run.Figures}");
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
