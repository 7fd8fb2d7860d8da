using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary><c>imgapi publish</c>: a new image with its file, in one command.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string[]> Fields = new("field")
    {
        Description = CreateCommand.FieldsDescription,
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<FileInfo?> Manifest = new("--manifest", "-m") { Description = "A file with the manifest.", HelpName = "file" };
    public static readonly Option<string?> Icon = new("--icon") { Description = "A picture of the image: PNG, JPEG or GIF.", HelpName = "file" };
    private static readonly Option<bool> Public = new("--public") { Description = "Every account sees the image." };
    private static readonly Option<bool> NoActivate = new("--no-activate") { Description = "Leave the image inactive; imgapi activate publishes it." };
    private static readonly Option<bool> Keep = new("--keep") { Description = "If the command fails, leave what was made at the server." };

    public static Command Create() => ClientCommand.Create(
        "publish", "Create an image, upload its file and activate it. -f - reads the file from a pipe.", RunAsync,
        [Fields, Manifest, TransferOptions.File, Icon, Public, NoActivate, Keep, TransferOptions.Compression, TransferOptions.Force, TransferOptions.NoResume, .. TransferOptions.Pace]);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(TransferOptions.File) is not { } file)
        {
            throw new CommandException("publish needs the image file: -f FILE, or -f - for a pipe");
        }

        session.AskKnownUser();
        var source = UploadSource.Of(file);
        session.MayRunAgain = source is not PipeSource;
        string[] fields = [.. parsed.GetValue(Fields)!, .. parsed.GetValue(Public) ? (string[])["public=true"] : []];
        var publication = new Publication(Publication.New(CreateCommand.Combine(parsed.GetValue(Manifest), fields)), source)
        {
            Icon = parsed.GetValue(Icon) is { } icon ? IconFile.Read(icon) : null,
            Compression = parsed.GetValue(TransferOptions.Compression),
            Activates = !parsed.GetValue(NoActivate),
            Keeps = parsed.GetValue(Keep),
            IsForced = parsed.GetValue(TransferOptions.Force),
        };
        var published = await TransferBars.RunAsync(
            session.Printer, bars => new Publisher(session, parsed, bars).PublishAsync(publication, cancellation));
        Print(session, parsed, published);
        return ExitCode.Done;
    }

    private static void Print(Session session, ParseResult parsed, RemoteManifest image)
    {
        var waits = !parsed.GetValue(NoActivate) && ActivateCommand.Waits(image.Json);
        session.PrintChanged(image.IsActive ? "Published" : waits ? ActivateCommand.Verb("", image.Json) : "Created and uploaded", image.Json);
        if (waits || session.Printer.IsJson || session.Printer.IsQuiet)
        {
            return;
        }

        session.Printer.Line(image.IsActive
            ? $"On a SmartOS machine: imgadm import -S {session.Source.Address.AbsoluteUri.TrimEnd('/')} {image.Uuid}"
                + (session.Source.Channel is { } channel ? $" -C {channel}" : "")
            : $"To activate it: {GoOn.Command(parsed, $"activate {image.Uuid}")}");
    }
}
