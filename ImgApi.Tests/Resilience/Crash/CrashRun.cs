using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>A server that works on one data folder and is killed, restarted and checked any number of times.</summary>
internal sealed class CrashRun(int seed) : IAsyncDisposable
{
    public const string SharedName = "shared";

    private const int Workers = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly CrashSource _source = new();
    private ServerProcess? _server;

    public string DataFolder => _folder.Combine("data");

    public CrashModel Model { get; } = new();

    public CrashFigures Figures { get; } = new();

    /// <summary>Runs the workload until a kill, starts the next server and checks everything.</summary>
    /// <param name="point">When to kill; null for a random point.</param>
    /// <param name="beforeStart">Changes the data folder while no server runs.</param>
    /// <returns>A sentence for each error that was found.</returns>
    public async Task<IReadOnlyList<string>> KillOnceAsync(KillPoint? point = null, Action? beforeStart = null)
    {
        var random = new Random(unchecked(seed + Figures.Kills));
        _server ??= await FirstServerAsync();
        var complaints = await WorkAsync(_server, point ?? KillPoint.Choose(random), random);
        await _server.DisposeAsync();
        _server = null;
        // Jobs that continue after the next start wait until the start itself has been checked.
        _source.Close();
        Figures.Kills++;
        beforeStart?.Invoke();
        complaints.AddRange(DataFolderNames.Undocumented(DataFolder).Select(path => $"a killed server left {path}"));
        var unfinished = DataFolderNames.UnfinishedWork(DataFolder);
        _server = await ServerProcess.StartOnAsync(DataFolder);
        CheckStart(_server, unfinished, complaints);
        complaints.AddRange(AuditCheck.Complaints(DataFolder));
        _source.Open();
        foreach (var job in DataFolderNames.Jobs(DataFolder))
        {
            await _server.Admin.JobEndAsync(job);
        }

        complaints.AddRange(await new ModelCheck(_server.Admin, Model, Figures).RunAsync());
        return complaints;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _source.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ServerProcess> FirstServerAsync()
    {
        var server = await ServerProcess.StartOnAsync(DataFolder);
        Model.SharedUuid = await server.Admin.CreateAsync(("name", SharedName));
        return server;
    }

    private async Task<List<string>> WorkAsync(ServerProcess server, KillPoint point, Random random)
    {
        var complaints = new ConcurrentQueue<string>();
        var trigger = new KillTrigger(point, server.Kill);
        var site = new CrashSite(server.Admin, trigger, _source);
        _source.Trigger = trigger;
        var workers = Enumerable.Range(0, Workers).Select(number =>
        {
            var luck = new Random(random.Next());
            return Task.Run(() => new CrashWorker(number, site, Model, Figures, complaints).RunAsync(luck));
        });
        await Task.WhenAll([.. workers]);
        if (!trigger.HasFired)
        {
            complaints.Enqueue($"the workload ended before {point}");
        }

        return [.. complaints];
    }

    /// <summary>Checks that the start repaired all unfinished work, reported it, and skipped no folder.</summary>
    private void CheckStart(ServerProcess server, string[] unfinished, List<string> complaints)
    {
        var images = Number(server, @"^Serving (\d+) images? ");
        var repairs = Number(server, @" loaded, \d+ folders? skipped, (\d+) repairs? made");
        Figures.Repairs += repairs;
        if (Number(server, @" loaded, (\d+) folders? skipped, ") != 0 || repairs != unfinished.Length)
        {
            complaints.Add($"the start reports {repairs} repairs or skipped folders, but there was {unfinished.Length} to repair: {string.Join(' ', unfinished)}");
        }

        // The running server may be writing its index to a new temporary file.
        var left = DataFolderNames.UnfinishedWork(DataFolder).Where(path => unfinished.Contains(path) || !DataFolderNames.IsTemporaryOf(DataFolder, path));
        complaints.AddRange(left.Concat(DataFolderNames.Undocumented(DataFolder)).Select(path => $"{path} is still present"));
        if (DataFolderNames.ImageFolders(DataFolder).Count() != images)
        {
            complaints.Add($"{images} images were loaded, but there are {DataFolderNames.ImageFolders(DataFolder).Count()} folders");
        }
    }

    /// <summary>The number in a line of the start's log; 0 if there is no such line.</summary>
    private static int Number(ServerProcess server, string pattern) =>
        server.Log.Select(line => Regex.Match(line, pattern)).FirstOrDefault(match => match.Success) is { } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;
}
