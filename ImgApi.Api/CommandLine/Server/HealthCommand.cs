using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi health</c>: whether the server is well. The exit code is 1 if it is not.</summary>
internal static class HealthCommand
{
    private const string FreeBytes = "free_bytes";

    private static readonly Option<bool> AllowDegraded = new("--allow-degraded")
    {
        Description = "Exit code 0 also if the server is degraded. For health checks after which a server is restarted: that would not repair it.",
    };

    public static Command Create() => ClientCommand.Create("health", "Show the health of the server. Exit code: 1 unless it is ok.", RunAsync, AllowDegraded);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var report = await session.Server.GetHealthAsync(session.Source, session.RequestId, cancellation);
        var status = ImageFields.Text(report, "status");
        if (session.Printer.IsJson)
        {
            session.Printer.Json(report);
        }
        else if (session.Printer.IsQuiet)
        {
            session.Printer.Line(status);
        }
        else
        {
            session.Printer.Table(Fields(report, session.Printer));
        }

        return status == "ok" || (status == "degraded" && parsed.GetValue(AllowDegraded)) ? ExitCode.Done : ExitCode.Refused;
    }

    private static Table Fields(JsonElement report, Printer printer)
    {
        var table = Table.OfFields();
        foreach (var member in report.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in member.Value.EnumerateArray())
                {
                    table.Add(member.Name, item.ValueKind == JsonValueKind.Object
                        ? string.Join(": ", item.EnumerateObject().Select(part => ImageFields.Text(item, part.Name)))
                        : item.AsLenientText() ?? "");
                }
            }
            else
            {
                table.Add(member.Name, member.Name == FreeBytes ? printer.Size(member.Value.AsWholeNumber()) : ImageFields.Text(report, member.Name));
            }
        }

        return table;
    }
}
