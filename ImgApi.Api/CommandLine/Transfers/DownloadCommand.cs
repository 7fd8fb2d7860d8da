using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary><c>imgapi download IMAGE [-o FILE]</c>: the file of an image. The same command continues a download.</summary>
internal static class DownloadCommand
{
    private static readonly Option<string?> Target = new("--output", "-o") { Description = "Path of the file. Without it: NAME-VERSION.zfs.gz or the like.", HelpName = "file" };

    public static Command Create() => ClientCommand.Create(
        "download", "Download the file of an image and check its SHA-1. If it breaks, the same command continues.", RunAsync,
        [ImageFinder.Argument, Target, .. TransferOptions.Pace]);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var manifest = await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation);
        var file = manifest.File;
        var target = parsed.GetValue(Target) ?? ImageFileNames.File(manifest.Json, file.Compression);
        var isNew = await TransferBars.RunAsync(session.Printer, bars => new FileReceiver(session, TransferRules.Of(parsed), bars)
            .ReceiveAsync(session.Image(manifest.Uuid!.Value), file, target, cancellation));
        if (session.Printer.IsJson)
        {
            session.Printer.Json(manifest.Json);
        }
        else if (session.Printer.IsQuiet)
        {
            session.Printer.Line(target);
        }
        else
        {
            session.Printer.Line($"{(isNew ? "Downloaded" : "There already:")} {target}: {session.Printer.Size(file.Size)}, sha1 {file.Sha1}");
        }

        return ExitCode.Done;
    }
}
