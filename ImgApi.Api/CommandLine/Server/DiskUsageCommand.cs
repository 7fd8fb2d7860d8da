using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi du</c>: how many bytes the files of the images take.</summary>
internal static class DiskUsageCommand
{
    private static readonly Option<string> By = new("--by")
    {
        Description = "The field whose values are added up: name, type, owner, os or state.",
        HelpName = "field",
        DefaultValueFactory = _ => "name",
    };

    private static readonly Argument<string[]> Filters = new("condition") { Description = "Only these images: os=smartos", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() => ClientCommand.Create("du", "Add up the bytes of the images by name, type or owner.", RunAsync, Filters, By);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var filters = parsed.GetValue(Filters)!.Select(ImageFilter.Parse).ToList();
        var field = parsed.GetValue(By)!;
        var sums = new Dictionary<string, (int Images, long Bytes)>(StringComparer.Ordinal);
        await foreach (var image in session.Images.ListAsync(session.Source, [new("state", "all")], session.RequestId, cancellation))
        {
            if (filters.TrueForAll(filter => filter.Accepts(image.Json)))
            {
                var (images, bytes) = sums.GetValueOrDefault(ImageFields.Text(image.Json, field));
                sums[ImageFields.Text(image.Json, field)] = (images + 1, bytes + (ImageFields.Number(image.Json, ImageFields.Size) ?? 0));
            }
        }

        Print(session.Printer, field, [.. sums.OrderByDescending(sum => sum.Value.Bytes).ThenBy(sum => sum.Key, StringComparer.Ordinal)]);
        return ExitCode.Done;
    }

    private static void Print(Printer printer, string field, KeyValuePair<string, (int Images, long Bytes)>[] sums)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. sums.Select(
                sum => new JsonObject { [field] = sum.Key, ["images"] = sum.Value.Images, ["bytes"] = sum.Value.Bytes })]));
            return;
        }

        var table = new Table(new Column(field.ToUpperInvariant(), MayWrap: true), new Column("IMAGES", IsNumber: true), new Column("SIZE", IsNumber: true));
        foreach (var (key, (images, bytes)) in sums)
        {
            table.Add(key, $"{images}", printer.Size(bytes));
        }

        table.Add("total", $"{sums.Sum(sum => sum.Value.Images)}", printer.Size(sums.Sum(sum => sum.Value.Bytes)));
        printer.Table(table);
    }
}
