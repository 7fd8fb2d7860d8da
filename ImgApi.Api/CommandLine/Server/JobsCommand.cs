using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi jobs [UUID]</c>: the imports of the server, those of one image, or one job.</summary>
internal static class JobsCommand
{
    private static readonly Argument<string?> Subject = new("uuid") { Description = "UUID of a job or an image.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Wait until the jobs have ended, and show how far they are." };
    private static readonly Option<bool> Cancel = new("--cancel") { Description = "Cancel the job." };

    public static Command Create() => ClientCommand.Create("jobs", "Show, follow or cancel the imports of the server.", RunAsync, Subject, Follow, Cancel);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var text = parsed.GetValue(Subject);
        Uuid? uuid = text is null ? null
            : Uuid.TryParse(text, out var given) ? given
            : throw new CommandException($"\"{VisibleText.Cut(text)}\" is not the UUID of a job or an image");
        if (parsed.GetValue(Cancel))
        {
            var job = uuid ?? throw new CommandException("--cancel needs the UUID of the job");
            Print(session, [await session.Server.CancelJobAsync(session.Source, job, session.RequestId, cancellation)]);
            return ExitCode.Done;
        }

        var jobs = await FindAsync(session, uuid, cancellation);
        if (parsed.GetValue(Follow))
        {
            jobs = await TransferBars.RunAsync(session.Printer, bars => FollowAsync(session, jobs, bars, cancellation));
        }

        Print(session, jobs);
        return parsed.GetValue(Follow) && jobs.Any(job => JobWait.Error(job) is not null) ? ExitCode.Refused : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<JsonElement>> FindAsync(Session session, Uuid? uuid, CancellationToken cancellation)
    {
        if (uuid is { } job && await session.Server.FindJobAsync(session.Source, job, session.RequestId, cancellation) is { } found)
        {
            return [found];
        }

        try
        {
            return await session.Server.ListJobsAsync(session.Source, uuid, session.RequestId, cancellation);
        }
        catch (ImgApiException absent) when (absent.Code.Status is 404 or 405 && uuid is null)
        {
            throw new CommandException("this server has no list of all jobs: name a job or an image", ExitCode.Refused);
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> FollowAsync(
        Session session, IReadOnlyList<JsonElement> jobs, TransferBars bars, CancellationToken cancellation)
    {
        var current = jobs.ToArray();
        if (current.Any(job => job.Member("uuid").AsUuid() is null))
        {
            throw new CommandException("the server lists a job without a UUID, which cannot be followed", ExitCode.Refused);
        }

        var progress = current.Select(_ => new JobProgress(session, bars)).ToArray();
        while (!Array.TrueForAll(current, JobWait.HasEnded))
        {
            foreach (var (index, job) in current.Index().Where(job => !JobWait.HasEnded(job.Item)))
            {
                current[index] = await session.Server.FindJobAsync(session.Source, job.Member("uuid").AsUuid()!.Value, session.RequestId, cancellation)
                    ?? throw new CommandException("the server does not know the job any more", ExitCode.Refused);
                await progress[index].ShowAsync(current[index], cancellation);
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation);
        }

        return current;
    }

    private static void Print(Session session, IReadOnlyList<JsonElement> jobs)
    {
        if (session.Printer.IsJson)
        {
            session.Printer.Json(new JsonArray([.. jobs.Select(job => JsonObject.Create(job))]));
            return;
        }

        // A terminal is too narrow for two UUIDs and an empty column.
        var hasErrors = !Terminal.ShowsOutput || jobs.Any(job => JobWait.Error(job) is not null);
        var table = new Table(
        [
            new("JOB"), new("STATE"), new("IMAGE"), new("CREATED"), new("FROM", MayWrap: true), .. hasErrors ? [new("ERROR", MayWrap: true)] : (Column[])[],
        ]);
        foreach (var job in jobs)
        {
            var parameters = job.Member("params");
            table.Add(
            [
                Text(job, "uuid"), Text(job, "execution"),
                ImageFields.Display(parameters, "image_uuid", session.Printer, isLong: !Terminal.ShowsOutput),
                Text(job, "created_at"), Text(parameters, "source"), .. hasErrors ? [JobWait.Error(job) ?? ""] : (string[])[],
            ]);
        }

        session.Printer.Table(table);
    }

    private static string Text(JsonElement json, string name) => json.Member(name).AsLenientText() ?? "";
}
