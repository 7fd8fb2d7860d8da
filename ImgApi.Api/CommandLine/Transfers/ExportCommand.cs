using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// <c>imgapi export IMAGE... FOLDER</c>: images as files, which <c>imgapi import FOLDER</c> and <c>imgadm install -m -f</c> take. This is the way to
/// a machine without a network.
/// </summary>
internal static class ExportCommand
{
    private static readonly Argument<string[]> Words = new("image... folder")
    {
        Description = "The images, as in the other commands, and the folder, which is created if it is missing.",
        Arity = new ArgumentArity(2, 10_000),
    };

    private static readonly Option<bool> NoOrigins = new("--no-origins") { Description = "Without the images that these ones are increments of." };

    public static Command Create() => ClientCommand.Create(
        "export", "Write manifests and files of images, with their origins, into a folder. The same command continues.", RunAsync,
        [Words, NoOrigins, .. TransferOptions.Pace]);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var (names, folder) = (parsed.GetValue(Words)![..^1], parsed.GetValue(Words)![^1]);
        var images = new List<RemoteManifest>();
        foreach (var name in names)
        {
            var image = await session.FindAsync(name, cancellation);
            images.AddRange(parsed.GetValue(NoOrigins) ? [image] : await OriginsOf.ChainAsync(session, image, cancellation));
        }

        session.Printer.BeginArray();
        try
        {
            Directory.CreateDirectory(folder);
            await TransferBars.RunAsync(session.Printer, async bars =>
            {
                var receiver = new FileReceiver(session, TransferRules.Of(parsed), bars);
                var all = images.DistinctBy(image => image.Uuid).ToArray();
                var twins = all.CountBy(image => ImageFileNames.Manifest(image.Json)).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet();
                foreach (var image in all)
                {
                    var name = ImageFileNames.Manifest(image.Json);
                    var prefix = twins.Contains(name) || IsOfAnother(image, Path.Combine(folder, name)) ? $"{image.Uuid}-" : "";
                    await ExportAsync(session, receiver, bars, image, folder, prefix, cancellation);
                }

                return true;
            });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{folder}: {FileFault.Describe(fault)}");
        }

        return ExitCode.Done;
    }

    /// <summary>Writes the manifest last, so that a manifest in the folder has its file and its icon.</summary>
    /// <param name="prefix">Begins the names of the files: the UUID if another image has the same name and version.</param>
    private static async Task ExportAsync(
        Session session, FileReceiver receiver, TransferBars bars, RemoteManifest image, string folder, string prefix, CancellationToken cancellation)
    {
        var (file, target) = (image.File, Path.Combine(folder, prefix + ImageFileNames.Manifest(image.Json)));
        var content = Path.Combine(folder, prefix + ImageFileNames.File(image.Json, file.Compression));
        await receiver.ReceiveAsync(session.Image(image.Uuid!.Value), file, content, cancellation);
        if (image.HasIcon)
        {
            var icon = await IconFile.FetchAsync(session, image.Uuid!.Value, cancellation);
            await icon.WriteAsync(Path.Combine(folder, prefix + ImageFileNames.Icon(image.Json, icon.ContentType)), overwrite: true, cancellation);
        }

        var temporary = target + ".new";
        File.Delete(temporary);
        DurableFile.WriteNew(temporary, PlainJson.Bytes(Publication.Portable(image.Json)).Span);
        File.Move(temporary, target, overwrite: true);
        bars.After(() => session.Printer.Result(
            new JsonObject { ["uuid"] = $"{image.Uuid}", ["manifest"] = target, ["file"] = content }, target, $"Exported {Names.Of(image.Json)} as {target}"));
    }

    /// <summary>Whether a manifest in the folder is that of another image, which an earlier command exported.</summary>
    private static bool IsOfAnother(RemoteManifest image, string target) =>
        File.Exists(target) && CreateCommand.ReadManifest(new FileInfo(target)).Member("uuid").AsUuid() is { } other && other != image.Uuid;
}
