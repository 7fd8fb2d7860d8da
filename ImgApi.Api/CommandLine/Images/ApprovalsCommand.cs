using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi approvals</c>: the images that wait for approval, and those that were rejected.</summary>
internal static class ApprovalsCommand
{
    private static readonly string[] Fields = [ImageFields.Uuid, "name", "version", "requested_by", "requested_at", "state", "reason"];

    public static Command Create() => ClientCommand.Create("approvals", "List images that wait for approval, and rejected ones.", RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        Print(session.Printer, await session.Server.ListApprovalsAsync(session.Source, session.RequestId, cancellation));
        return ExitCode.Done;
    }

    private static void Print(Printer printer, IReadOnlyList<JsonElement> requests)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. requests.Select(one => JsonObject.Create(one))]));
            return;
        }

        var table = new Table([.. Fields.Select(field => new Column(field.ToUpperInvariant(), MayWrap: field is "name" or "reason"))]);
        foreach (var one in requests)
        {
            table.Add([.. Fields.Select(field => ImageFields.Display(one, field, printer, isLong: !Terminal.ShowsOutput))]);
        }

        printer.Table(table);
    }
}
