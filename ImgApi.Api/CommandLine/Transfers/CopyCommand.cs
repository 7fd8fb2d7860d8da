using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// <c>imgapi copy IMAGE --from URL --to URL</c>: an image and its origins from one server to another through this machine, for two servers that
/// cannot reach each other. Nothing is written to this machine's disk.
/// </summary>
internal static class CopyCommand
{
    public static Command Create() => ClientCommand.Create(
        "copy", "Copy an image, with its origins, from one server to another through this machine.", RunAsync,
        [ImageFinder.Argument, OtherServer.From, OtherServer.Insecure, OtherServer.To, TransferOptions.Force, .. TransferOptions.Pace]);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        using var from = await OtherServer.OpenAsync(parsed, session.Printer, cancellation);
        var chain = await from.RequestAsync(async () => await OriginsOf.ChainAsync(
            from, await from.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation), cancellation));
        session.Printer.BeginArray();
        await TransferBars.RunAsync(session.Printer, async bars =>
        {
            foreach (var one in chain)
            {
                await CopyAsync(from, session, parsed, bars, one, cancellation);
            }

            return true;
        });
        return ExitCode.Done;
    }

    private static async Task CopyAsync(
        Session from, Session target, ParseResult parsed, TransferBars bars, RemoteManifest image, CancellationToken cancellation)
    {
        if (await ExistingImage.FindAsync(target, image.Uuid!.Value, cancellation) is { } existing)
        {
            bars.After(() => target.PrintChanged("There already:", existing.Json));
            return;
        }

        var publication = new Publication(Publication.Portable(image.Json), new RemoteSource(from, image, new Attempts(TransferRules.Of(parsed), bars.Note)))
        {
            Icon = image.HasIcon ? await from.RequestAsync(() => IconFile.FetchAsync(from, image.Uuid.Value, cancellation)) : null,
            IsForced = parsed.GetValue(TransferOptions.Force),
        };
        var copy = await new Publisher(target, parsed, bars).PublishAsync(publication, cancellation);
        bars.After(() => target.PrintChanged(ActivateCommand.Verb("Copied", copy.Json), copy.Json));
    }
}
