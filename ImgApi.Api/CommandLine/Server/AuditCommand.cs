using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi audit</c>: who did what on the server.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Image = new("--image") { Description = "Only events of this image.", HelpName = "uuid" };
    private static readonly Option<string?> User = new("--by") { Description = "Only events of this user.", HelpName = "user" };
    private static readonly Option<string?> Action = new("--action") { Description = "Only this action, such as CreateImage or activate.", HelpName = "action" };
    private static readonly Option<string?> Since = new("--since") { Description = "Only events of this time and later: 2026-01-31T12:00:00Z.", HelpName = "time" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "Maximum number of events; 100 by default.", HelpName = "number" };
    private static readonly Option<long?> Before = new("--before") { Description = "Only events before the one with this number.", HelpName = "number" };

    private static readonly (Option Option, string Parameter)[] Filters =
        [(Image, "image"), (User, "user"), (Action, "action"), (Since, "since"), (Limit, "limit"), (Before, "marker")];

    /// <param name="configurationFile">The option with the configuration file, for <c>imgapi audit verify</c>.</param>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var command = ClientCommand.Create("audit", "Show who changed what, the newest first.", RunAsync, Filters.Select(filter => filter.Option));
        command.Add(AuditVerifyCommand.Create(configurationFile));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var query = from filter in Filters
                    let value = parsed.GetResult(filter.Option)?.Tokens.SingleOrDefault()?.Value
                    where value is not null
                    select KeyValuePair.Create(filter.Parameter, value);
        Print(session.Printer, await session.Server.ListAuditAsync(session.Source, query, session.RequestId, cancellation));
        return ExitCode.Done;
    }

    private static void Print(Printer printer, IReadOnlyList<JsonElement> events)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. events.Select(one => JsonObject.Create(one))]));
            return;
        }

        var table = new Table([new("NUMBER"), new("TIME"), new("USER"), new("ACTION"), new("IMAGE"), new("CHANGES", MayWrap: true)]);
        foreach (var one in events)
        {
            table.Add(
            [
                ImageFields.Text(one, "number"), ImageFields.Text(one, "time"), ImageFields.Text(one, "user"), ImageFields.Text(one, "action"),
                ImageFields.Display(one, "image", printer, isLong: !Terminal.ShowsOutput), Changes(one),
            ]);
        }

        printer.Table(table);
    }

    private static string Changes(JsonElement one)
    {
        var changed = one.Member("changed") is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().Select(field => $"{field.Name}: {Value(field.Value, "from")} -> {Value(field.Value, "to")}")
            : [];
        var reason = one.Member("corrects").AsWholeNumber() is { } number ? [$"corrects {number}"] : (string[])[];
        return string.Join("; ", [.. reason, .. new[] { one.Member("subject").AsText(), one.Member("reason").AsText() }.OfType<string>(), .. changed]);
    }

    private static string Value(JsonElement change, string name) => change.Member(name).AsLenientText() ?? "none";
}
