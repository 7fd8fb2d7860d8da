using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Transfers;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>Waits for a job of the server, and shows how far it is. Broken connections are repeated as in a transfer.</summary>
/// <param name="image">The image of the job. A server without jobs, such as sdc-imgapi, is asked for it instead.</param>
internal sealed class JobWait(Session session, ParseResult parsed, Uuid job, Uuid image)
{
    public static readonly Option<int> TimeoutSeconds = new("--timeout")
    {
        Description = "Seconds to wait for the image to appear at a server that shows no jobs.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 600,
    };

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The job failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var ended = await TransferBars.RunAsync(session.Printer, bars => FollowAsync(bars, cancellation));
            return ended is { } job && Error(job) is { } error
                ? throw new CommandException($"the job failed: {error}", ExitCode.Refused)
                : await PrintAsync(cancellation);
        }
        catch (Exception end) when (cancellation.IsCancellationRequested || (end is ImgApiException failure && Refusals.IsUnreachable(failure)))
        {
            Printer.Error($"imgapi: the server goes on; {GoOn.Command(parsed, $"jobs {job} --follow")} shows how far it is");
            throw;
        }
    }

    /// <summary>Whether a job has ended.</summary>
    public static bool HasEnded(JsonElement job) => job.Member("execution").AsText() is not ("queued" or "running");

    /// <summary>Why a job failed; null if it did not.</summary>
    public static string? Error(JsonElement job) => job.Member("execution").AsText() switch
    {
        "succeeded" or "queued" or "running" => null,
        var state => job.Member("chain_results").Items().LastOrDefault().Member("error") is { ValueKind: JsonValueKind.Object } error
            ? error.Member("message").AsText() ?? state
            : state ?? "unknown",
    };

    /// <returns>The job; null if the server has no jobs, and the image is there.</returns>
    private async Task<JsonElement?> FollowAsync(TransferBars bars, CancellationToken cancellation)
    {
        var progress = new JobProgress(session, bars);
        var attempts = new Attempts(TransferRules.Of(parsed), bars.Note);
        for (var pause = FirstPause; ; pause = Next(pause))
        {
            var found = await AskAsync(attempts, stop => session.Server.FindJobAsync(session.Source, job, session.RequestId, stop), cancellation);
            if (found is not { } current)
            {
                await AwaitImageAsync(attempts, cancellation);
                return null;
            }

            await progress.ShowAsync(current, cancellation);
            if (HasEnded(current))
            {
                return current;
            }

            await Task.Delay(pause, cancellation);
        }
    }

    private async Task AwaitImageAsync(Attempts attempts, CancellationToken cancellation)
    {
        session.Printer.Note("imgapi: the server shows no jobs; waiting for the image");
        var (start, wasThere) = (Stopwatch.GetTimestamp(), false);
        for (var pause = FirstPause; ; pause = Next(pause))
        {
            var state = await AskAsync(attempts, StateAsync, cancellation);
            if (state == ImageState.Active)
            {
                return;
            }

            // sdc-imgapi removes the image if the import fails.
            if (state is null && wasThere)
            {
                throw new CommandException("the import failed: the server has removed the image", ExitCode.Refused);
            }

            wasThere |= state is not null;
            if (!wasThere && Stopwatch.GetElapsedTime(start).TotalSeconds > parsed.GetValue(TimeoutSeconds))
            {
                throw new CommandException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the image did not appear in {parsed.GetValue(TimeoutSeconds)} s: the import has failed, or still fetches origins; {GoOn.Command(parsed, $"show {image}")} shows the image once it is there"),
                    ExitCode.Refused);
            }

            await Task.Delay(pause, cancellation);
        }
    }

    private static TimeSpan Next(TimeSpan pause) => pause * 1.5 < MaxPause ? pause * 1.5 : MaxPause;

    /// <summary>Asks the server, again after a connection that broke or stalled.</summary>
    private static async Task<T> AskAsync<T>(Attempts attempts, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        var answer = await attempts.RunAsync(watch => ask(watch.Token), cancellation);
        attempts.Reset();
        return answer;
    }

    /// <returns>Null if there is no such image.</returns>
    private async Task<string?> StateAsync(CancellationToken cancellation)
    {
        try
        {
            return (await session.Images.GetManifestAsync(session.Image(image), cancellation)).Json.Member("state").AsText() ?? "";
        }
        catch (ImgApiException absent) when (absent.Code == ErrorCode.ResourceNotFound)
        {
            return null;
        }
    }

    private async Task<int> PrintAsync(CancellationToken cancellation)
    {
        session.PrintChanged("Imported", (await session.Images.GetManifestAsync(session.Image(image), cancellation)).Json);
        return ExitCode.Done;
    }
}
