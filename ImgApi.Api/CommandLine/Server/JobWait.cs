using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>Waits for a job of the server, and shows how far it is.</summary>
internal static class JobWait
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    /// <param name="image">The image of the job. A server without jobs, such as sdc-imgapi, is asked for it instead.</param>
    /// <returns>The exit code: 1 if the job failed.</returns>
    public static async Task<int> RunAsync(Session session, Uuid job, Uuid image, CancellationToken cancellation)
    {
        try
        {
            var ended = await TransferBars.RunAsync(session.Printer, bars => FollowAsync(session, job, image, bars, cancellation));
            return await PrintAsync(session, ended, image, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Printer.Error($"imgapi: the server goes on; imgapi jobs {job} --follow shows how far it is");
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
    private static async Task<JsonElement?> FollowAsync(Session session, Uuid job, Uuid image, TransferBars bars, CancellationToken cancellation)
    {
        var progress = new JobProgress(bars);
        var (isNoted, wasThere) = (false, false);
        for (var pause = FirstPause; ; pause = pause * 1.5 < MaxPause ? pause * 1.5 : MaxPause)
        {
            if (await session.Server.FindJobAsync(session.Source, job, session.RequestId, cancellation) is { } current)
            {
                progress.Show(current);
                if (HasEnded(current))
                {
                    return current;
                }
            }
            else
            {
                if (!isNoted)
                {
                    session.Printer.Note("imgapi: the server shows no jobs; waiting for the image");
                    isNoted = true;
                }

                var state = await StateAsync(session, image, cancellation);
                if (state == ImageState.Active)
                {
                    return null;
                }

                // sdc-imgapi removes the image if the import fails.
                if (state is null && wasThere)
                {
                    throw new CommandException("the import failed: the server has removed the image", ExitCode.Refused);
                }

                wasThere |= state is not null;
            }

            await Task.Delay(pause, cancellation);
        }
    }

    /// <returns>Null if there is no such image.</returns>
    private static async Task<string?> StateAsync(Session session, Uuid image, CancellationToken cancellation)
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

    private static async Task<int> PrintAsync(Session session, JsonElement? job, Uuid image, CancellationToken cancellation)
    {
        if (job is { } ended && Error(ended) is { } error)
        {
            throw new CommandException($"the job failed: {error}", ExitCode.Refused);
        }

        session.PrintChanged("Imported", (await session.Images.GetManifestAsync(session.Image(image), cancellation)).Json);
        return ExitCode.Done;
    }
}
