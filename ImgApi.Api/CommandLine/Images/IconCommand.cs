using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi icon</c>: the icon of an image.</summary>
internal static class IconCommand
{
    private static readonly Argument<string> Picture = new("file") { Description = "A PNG, JPEG or GIF picture." };
    private static readonly Option<string?> Target = new("--output", "-o") { Description = "Path of the file. Without it: NAME-VERSION.png or the like.", HelpName = "file" };

    public static Command Create() => new("icon", "Show or change the icon of an image.")
    {
        ImageChange.Command("set", "Set the icon of an image.", "Set the icon of", ImageState.Active, SetAsync, Picture),
        ClientCommand.Create("get", "Download the icon of an image.", GetAsync, ImageFinder.Argument, Target),
        ImageChange.Command(
            "remove", "Remove the icon of an image.", "Removed the icon of", ImageState.Active,
            async (session, image, _, cancellation) => (await session.Changes.DeleteIconAsync(image, cancellation)).Json),
    };

    private static async Task<JsonElement> SetAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var icon = IconFile.Read(parsed.GetValue(Picture)!);
        return (await session.Changes.PutIconAsync(image, icon.Bytes, icon.ContentType, cancellation)).Json;
    }

    private static async Task<int> GetAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var image = await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation);
        var icon = await IconFile.FetchAsync(session, image.Uuid!.Value, cancellation);
        var target = parsed.GetValue(Target) ?? ImageFileNames.Icon(image.Json, icon.ContentType);
        try
        {
            await icon.WriteAsync(target, overwrite: false, cancellation);
        }
        catch (IOException) when (File.Exists(target))
        {
            throw new CommandException($"{target} exists; name another file with -o");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target}: {FileFault.Describe(fault)}");
        }

        session.Printer.Result(
            new JsonObject { ["file"] = target, ["size"] = icon.Bytes.Length, ["content_type"] = icon.ContentType },
            target, $"Downloaded {target}: {session.Printer.Size(icon.Bytes.Length)}, {icon.ContentType}");
        return ExitCode.Done;
    }
}
