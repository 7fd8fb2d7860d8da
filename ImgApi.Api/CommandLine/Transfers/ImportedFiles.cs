using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// <c>imgapi import FOLDER|FILE</c>: images from files as <c>imgapi export</c> and <c>imgadm create</c> write them, with their UUIDs. Images that the
/// server has are left alone, so the same command continues.
/// </summary>
internal static class ImportedFiles
{
    public static async Task<int> RunAsync(Session session, ParseResult parsed, string path, bool force, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var found = Sorted([.. Find(path).Select(Read)]);
        session.Printer.BeginArray();
        await TransferBars.RunAsync(session.Printer, async bars =>
        {
            foreach (var publication in found)
            {
                await ImportAsync(session, parsed, bars, publication with { IsForced = force }, cancellation);
            }

            return true;
        });
        return ExitCode.Done;
    }

    private static async Task ImportAsync(Session session, ParseResult parsed, TransferBars bars, Publication publication, CancellationToken cancellation)
    {
        var uuid = publication.Manifest.Member("uuid").AsUuid()!.Value;
        if (await ExistingImage.FindAsync(session, uuid, cancellation) is { } existing)
        {
            bars.After(() => session.PrintChanged("There already:", existing.Json));
            return;
        }

        var image = await new Publisher(session, parsed, bars).PublishAsync(publication, cancellation);
        bars.After(() => session.PrintChanged(ActivateCommand.Verb("Imported", image.Json), image.Json));
    }

    private static string[] Find(string path)
    {
        try
        {
            return !Directory.Exists(path) ? [path]
                : Directory.GetFiles(path, "*" + ImageFileNames.ManifestExtension) is { Length: > 0 } manifests ? manifests
                : throw new CommandException($"the folder {path} has no manifests (*{ImageFileNames.ManifestExtension})");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: {FileFault.Describe(fault)}");
        }
    }

    /// <summary>Reads a manifest, and finds the file and the icon beside it, whose names differ only in their extensions.</summary>
    private static Publication Read(string path)
    {
        try
        {
            var manifest = JsonElement.Parse(File.ReadAllBytes(path));
            if (manifest.Member("uuid").AsUuid() is null)
            {
                throw new CommandException($"{path} is not a manifest: it has no uuid");
            }

            var stem = path.EndsWith(ImageFileNames.ManifestExtension, StringComparison.Ordinal) ? path[..^ImageFileNames.ManifestExtension.Length] : Path.ChangeExtension(path, null);
            var file = ImageFileNames.Extensions.Select(extension => stem + extension).FirstOrDefault(File.Exists)
                ?? throw new CommandException($"there is no file {stem}.zfs, .zfs.gz or the like for the manifest {path}");
            // A picture beside a manifest without an icon is something else.
            var icon = !new RemoteManifest(manifest).HasIcon ? null : ImageFileNames.IconExtensions.Select(extension => stem + extension).FirstOrDefault(File.Exists);
            return new Publication(Publication.Portable(manifest), UploadSource.Of(file)) { Icon = icon is null ? null : IconFile.Read(icon) };
        }
        catch (JsonException)
        {
            throw new CommandException($"{path} is not a manifest: it is not JSON");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: {FileFault.Describe(fault)}");
        }
    }

    /// <summary>Origins before the images that need them.</summary>
    private static List<Publication> Sorted(List<Publication> found)
    {
        var sorted = new List<Publication>();
        while (found.Count > 0)
        {
            var next = found.Find(one => one.Manifest.Member("origin").AsUuid() is not { } origin
                || found.TrueForAll(other => other.Manifest.Member("uuid").AsUuid() != origin)) ?? found[0];
            found.Remove(next);
            sorted.Add(next);
        }

        return sorted;
    }
}
