using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary><c>imgapi upload IMAGE -f FILE</c>: the file of an image that is not active yet. The same command continues an upload.</summary>
internal static class UploadCommand
{
    private static readonly Option<bool> Activate = new("--activate") { Description = "Activate the image afterwards." };

    public static Command Create() => ClientCommand.Create(
        "upload", "Upload the file of an image. If it breaks, the same command continues.", RunAsync,
        [ImageFinder.Argument, TransferOptions.File, Activate, TransferOptions.Compression, TransferOptions.Force, TransferOptions.NoResume, .. TransferOptions.Pace]);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(TransferOptions.File) is not { } file)
        {
            throw new CommandException("upload needs the image file: -f FILE, or -f - for a pipe");
        }

        session.AskKnownUser();
        var source = UploadSource.Of(file);
        session.MayRunAgain = source is not PipeSource;
        var manifest = await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation, ImageState.Unactivated);
        var isForced = parsed.GetValue(TransferOptions.Force);
        var parameters = await OutgoingFile.InspectAsync(
            source, manifest.Json, claims: null, parsed.GetValue(TransferOptions.Compression), isForced, cancellation);
        var image = session.Image(manifest.Uuid!.Value);
        manifest = await TransferBars.RunAsync(session.Printer, bars => SendAsync(session, parsed, image, source, parameters, bars, cancellation));
        if (parsed.GetValue(Activate))
        {
            manifest = new RemoteManifest(await ActivateCommand.ActivateAsync(session, image, isForced, cancellation));
        }

        const string done = "Uploaded the file of";
        session.PrintChanged(parsed.GetValue(Activate) ? ActivateCommand.Verb(done, manifest.Json) : done, manifest.Json);
        return ExitCode.Done;
    }

    private static async Task<RemoteManifest> SendAsync(
        Session session, ParseResult parsed, RemoteImage image, UploadSource source, IReadOnlyList<KeyValuePair<string, string>> parameters,
        TransferBars bars, CancellationToken cancellation)
    {
        try
        {
            return await new FileSender(session, TransferRules.Of(parsed), TransferState.OfUser(), bars).SendAsync(image, source, parameters, cancellation);
        }
        catch (Exception failure) when (
            source.Identity is not null && (failure is OperationCanceledException || (failure is ImgApiException refusal && Refusals.IsUnreachable(refusal))))
        {
            bars.LastNote($"imgapi: to go on: {GoOn.Again(parsed)}");
            throw;
        }
    }
}
