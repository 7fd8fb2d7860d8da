using System.Globalization;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>
/// A real server is killed in the middle of a mixed workload, over and over on one data folder. The environment variable
/// IMGAPI_CRASH_KILLS says how often, IMGAPI_CRASH_SEED repeats the choices of a run; docs/operating.md has the commands.
/// </summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class CrashTests
{
    private const int DefaultKills = 20;

    [Test]
    public async Task Whenever_the_server_is_killed_what_it_acknowledged_is_there_and_what_it_did_not_is_whole_or_not_at_all()
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
