using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi search --from URL WORD...</c>: images of another server.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string[]> Words = new("word")
    {
        Description = "Parts of the name, description, version, os or UUID, in any case; an image must have all.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Long = new("--long", "-l") { Description = "Whole UUIDs. Without a terminal they always are." };

    public static Command Create()
    {
        var command = new Command("search", "Search the images of another server.") { Words, Long, OtherServer.From, OtherServer.Insecure };
        foreach (var option in OutputOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(parsed, printer => RunAsync(printer, parsed, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Printer printer, ParseResult parsed, CancellationToken cancellation)
    {
        using var from = await OtherServer.OpenAsync(parsed, printer, cancellation);
        return await from.RequestAsync(() => PrintAsync(from, parsed, cancellation));
    }

    private static async Task<int> PrintAsync(Session from, ParseResult parsed, CancellationToken cancellation)
    {
        var printer = from.Printer;
        var found = from.Images.ListAsync(from.Source, [], from.RequestId, cancellation).Matching(parsed.GetValue(Words)!).Select(image => image.Json);
        if (printer.IsJson)
        {
            await printer.JsonAsync(found);
            return ExitCode.Done;
        }

        var isLong = parsed.GetValue(Long) || !Terminal.ShowsOutput;
        var table = new Table([.. ImageFields.Listed.Select(field => new Column(field.ToUpperInvariant(), field == ImageFields.Size, MayWrap: field == "name"))]);
        await foreach (var image in found)
        {
            if (printer.IsQuiet)
            {
                printer.Line(ImageFields.Text(image, ImageFields.Uuid));
            }
            else
            {
                table.Add([.. ImageFields.Listed.Select(field => ImageFields.Display(image, field, printer, isLong))]);
            }
        }

        if (!printer.IsQuiet)
        {
            printer.Table(table);
        }

        return ExitCode.Done;
    }
}
