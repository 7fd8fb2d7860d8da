using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi list [FIELD=VALUE...]</c>: the images of a server.</summary>
internal static class ListCommand
{
    private static readonly Argument<string[]> Filters = new("condition")
    {
        Description = "FIELD=VALUE, FIELD=~PART or FIELD=!VALUE: os=smartos name=~base type=!zvol",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> All = new("--all", "-a") { Description = "Images in all states, not only active ones." };
    private static readonly Option<bool> Latest = new("--latest") { Description = "Only the newest image of each name." };
    private static readonly Option<bool> NoHeadings = new("--no-headings", "-H") { Description = "No headings." };
    private static readonly Option<bool> Long = new("--long", "-l") { Description = "Whole UUIDs. Without a terminal they always are." };
    private static readonly Option<string?> Fields = new("--output", "-o") { Description = "Fields to show: name,version,requirements.min_ram", HelpName = "fields" };
    private static readonly Option<string?> Sort = new("--sort", "-s") { Description = "Field to sort by; with a minus, descending.", HelpName = "[-]field" };

    public static Command Create() => ClientCommand.Create(
        "list", "List images.", RunAsync, Filters, All, Latest, NoHeadings, Long, Fields, Sort);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var filters = parsed.GetValue(Filters)!.Select(ImageFilter.Parse).ToList();
        var showsStates = parsed.GetValue(All) || filters.Exists(filter => filter.Field == "state");
        if (showsStates)
        {
            session.AskKnownUser();
        }

        var images = ImagesAsync(session, filters, parsed.GetValue(All), cancellation);
        images = parsed.GetValue(Latest) ? NewestOfEachAsync(images) : images;
        images = parsed.GetValue(Sort) is { } order ? SortedAsync(images, order) : images;
        await PrintAsync(session.Printer, images, parsed, showsStates);
        return ExitCode.Done;
    }

    /// <summary>Prints images in the form that the person wants.</summary>
    public static async Task PrintAsync(Printer printer, IAsyncEnumerable<JsonElement> images, ParseResult parsed, bool showsStates)
    {
        if (printer.IsJson)
        {
            await printer.JsonAsync(images);
        }
        else if (printer.IsQuiet)
        {
            await foreach (var image in images)
            {
                printer.Line(ImageFields.Text(image, ImageFields.Uuid));
            }
        }
        else
        {
            printer.Table(await TableAsync(images, printer, parsed, showsStates));
        }
    }

    private static async IAsyncEnumerable<JsonElement> ImagesAsync(
        Session session, List<ImageFilter> filters, bool all, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var parameters = filters.Select(filter => filter.Parameter).OfType<KeyValuePair<string, string>>().ToList();
        if (parameters.TrueForAll(parameter => parameter.Key != "state") && (all || filters.Exists(filter => filter.Field == "state")))
        {
            parameters.Add(new("state", "all"));
        }

        await foreach (var manifest in session.Images.ListAsync(session.Source, parameters, session.RequestId, cancellation))
        {
            if (filters.TrueForAll(filter => filter.Accepts(manifest.Json)))
            {
                yield return manifest.Json;
            }
        }
    }

    private static async IAsyncEnumerable<JsonElement> NewestOfEachAsync(IAsyncEnumerable<JsonElement> images)
    {
        var newest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        await foreach (var image in images)
        {
            var name = ImageFields.Text(image, "name");
            if (!newest.TryGetValue(name, out var other)
                || string.CompareOrdinal(ImageFields.Text(image, "published_at"), ImageFields.Text(other, "published_at")) >= 0)
            {
                newest[name] = image;
            }
        }

        foreach (var image in newest.Values)
        {
            yield return image;
        }
    }

    private static async IAsyncEnumerable<JsonElement> SortedAsync(IAsyncEnumerable<JsonElement> images, string order)
    {
        var all = new List<(string Key, JsonElement Image)>();
        await foreach (var image in images)
        {
            all.Add((ImageFields.Text(image, order.TrimStart('-')), image));
        }

        var comparer = Comparer<string>.Create(ImageFields.Compare);
        foreach (var (_, image) in order.StartsWith('-') ? all.OrderByDescending(row => row.Key, comparer) : all.OrderBy(row => row.Key, comparer))
        {
            yield return image;
        }
    }

    private static async Task<Table> TableAsync(IAsyncEnumerable<JsonElement> images, Printer printer, ParseResult parsed, bool showsStates)
    {
        var fields = parsed.GetValue(Fields)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? [.. ImageFields.Listed, .. showsStates ? ["state"] : (string[])[]];
        var isLong = parsed.GetValue(Long) || !Terminal.ShowsOutput;
        var table = new Table([.. fields.Select(field => new Column(field.ToUpperInvariant(), field == ImageFields.Size, MayWrap: field == "name"))])
        {
            HasHeadings = !parsed.GetValue(NoHeadings),
        };
        await foreach (var image in images)
        {
            table.Add([.. fields.Select(field => ImageFields.Display(image, field, printer, isLong))]);
        }

        return table;
    }
}
