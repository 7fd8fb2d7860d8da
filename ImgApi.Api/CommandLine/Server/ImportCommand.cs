using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Transfers;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>
/// <c>imgapi import IMAGE --from URL</c>: lets the server take an image and its origins from another server, as a job. The bytes do not come
/// through this machine.
/// </summary>
internal static class ImportCommand
{
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the end of the job." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait for the end of the job (default)." };
    private static readonly Option<bool> Force = new("--force") { Description = "Accept a file that the server's check of contents refuses." };

    public static Command Create() => ClientCommand.Create(
        "import", "Let the server (-u) import an image, with its origins, from another server (--from); or import files of a folder, as export writes them.", RunAsync,
        [What, OtherServer.From, OtherServer.Insecure, Wait, NoWait, JobWait.TimeoutSeconds, Force, .. TransferOptions.Pace]);

    private static readonly Argument<string> What = new("image|folder|file")
    {
        Description = "With --from an image there: UUID, NAME (the newest active image) or NAME@VERSION. Else a folder with manifests, or a manifest.",
    };

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(OtherServer.From) is null)
        {
            if (!Path.Exists(parsed.GetValue(What)))
            {
                throw new CommandException($"there is no folder or file {parsed.GetValue(What)}; to import an image from another server, name the server with --from");
            }

            return await ImportedFiles.RunAsync(session, parsed, parsed.GetValue(What)!, parsed.GetValue(Force), cancellation);
        }

        if (parsed.GetResult(TransferOptions.Limit) is not null)
        {
            throw new CommandException("--limit is only for files that this machine sends: with --from the server fetches the image itself");
        }

        session.AskKnownUser();
        using var from = await OtherServer.OpenAsync(parsed, session.Printer, cancellation);
        if (from.Source.Signer is not null)
        {
            session.Printer.Note($"imgapi: the server imports from {from.Source} without credentials, since the key of the login stays on this machine");
        }

        var uuid = await FindAsync(from, parsed.GetValue(What)!, cancellation);
        List<KeyValuePair<string, string>> parameters = [new("source", from.Source.ToSecretUrl())];
        if (parsed.GetValue(Force))
        {
            parameters.Add(new("force", "true"));
        }

        var started = await Refusals.WithSearchAsync(
            parsed, $"jobs {uuid}", session.Printer.Note,
            () => session.Changes.ActAsync(session.Image(uuid), "import-remote", body: null, cancellation, parameters));
        if (started.Member("job_uuid").AsUuid() is not { } job)
        {
            throw new CommandException("the server did not start a job", ExitCode.Refused);
        }

        if (parsed.GetValue(NoWait))
        {
            Print(session, started, job);
            return ExitCode.Done;
        }

        return await new JobWait(session, parsed, job, uuid).RunAsync(cancellation);
    }

    /// <summary>A whole UUID is not looked up, since this machine may not reach the other server.</summary>
    private static async Task<Uuid> FindAsync(Session from, string text, CancellationToken cancellation) =>
        Uuid.TryParse(text, out var uuid) ? uuid : (await from.RequestAsync(() => from.FindAsync(text, cancellation))).Uuid!.Value;

    private static void Print(Session session, JsonElement started, Uuid job)
    {
        if (session.Printer.IsJson)
        {
            session.Printer.Json(started);
        }
        else
        {
            session.Printer.Line(session.Printer.IsQuiet ? $"{job}" : $"The server imports it as job {job}; imgapi jobs {job} --follow shows how far it is");
        }
    }
}
