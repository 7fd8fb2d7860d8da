using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi delete IMAGE...</c>: deletes images, after saying what they are.</summary>
internal static class DeleteCommand
{
    private static readonly Argument<string[]> References = new("image") { Description = ImageFinder.Argument.Description, Arity = ArgumentArity.OneOrMore };
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };
    private static readonly Option<bool> AllChannels = new("--all-channels") { Description = "Delete from all channels, not only from this one." };

    public static Command Create() => ClientCommand.Create(
        "delete", "Delete images with their files.", RunAsync, References, Yes, AllChannels);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var images = new List<RemoteManifest>();
        foreach (var text in parsed.GetValue(References)!)
        {
            images.Add(await session.FindAsync(text, cancellation));
        }

        // An image may be named twice, by its UUID and by its name.
        images = [.. images.DistinctBy(image => image.Uuid)];
        if (!parsed.GetValue(Yes) && !await ConfirmAsync(session, images, cancellation))
        {
            Printer.Error("imgapi: nothing was deleted");
            return ExitCode.Refused;
        }

        session.Printer.BeginArray();
        foreach (var image in images)
        {
            await session.Changes.DeleteAsync(session.Image(image.Uuid!.Value), parsed.GetValue(AllChannels), cancellation);
            session.PrintChanged("Deleted", image.Json);
        }

        return ExitCode.Done;
    }

    /// <summary>Shows the images and what depends on them, and asks whether to delete them.</summary>
    /// <exception cref="CommandException">Nobody can be asked.</exception>
    public static async Task<bool> ConfirmAsync(Session session, List<RemoteManifest> images, CancellationToken cancellation)
    {
        if (!Terminal.CanAsk)
        {
            throw new CommandException("nobody can be asked whether to delete: give -y to delete without a question");
        }

        var dependents = await ImageTree.DependentsAsync(session, cancellation);
        foreach (var image in images)
        {
            var size = ImageFields.Number(image.Json, ImageFields.Size) is { } bytes ? ByteSize.Approximate(bytes) : "no file";
            Printer.Error($"{Names.Of(image.Json)}, {ImageFields.Text(image.Json, "state")}, {size}");
            foreach (var dependent in dependents[image.Uuid!.Value])
            {
                Printer.Error($"  {Names.Of(dependent.Json)} is built on it");
            }
        }

        return Prompt.Confirm(images.Count == 1 ? "Delete it?" : $"Delete these {images.Count} images?");
    }
}
