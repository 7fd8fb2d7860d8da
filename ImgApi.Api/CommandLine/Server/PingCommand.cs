using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi ping</c>: what a client of the server would meet, each with a verdict and its time.</summary>
internal static class PingCommand
{
    public static Command Create() => ClientCommand.Create(
        "ping", "Test the server as a client meets it: ping, list, head of a file, clock, TLS. Exit code: 1 if anything fails, 3 if it does not answer.", RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var checks = new ServerChecks(session);
        var results = new List<(string Name, bool IsGood, string Detail, TimeSpan Time)>();
        foreach (var (name, check) in checks.All)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                var detail = await check(cancellation);
                results.Add((name, true, detail, Stopwatch.GetElapsedTime(start)));
            }
            catch (ImgApiException refusal) when (results.Count > 0 || !Refusals.IsUnreachable(refusal))
            {
                results.Add((name, false, refusal.Message, Stopwatch.GetElapsedTime(start)));
            }
        }

        Print(session.Printer, results);
        return results.TrueForAll(result => result.IsGood) ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Print(Printer printer, List<(string Name, bool IsGood, string Detail, TimeSpan Time)> results)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. results.Select(result => new JsonObject
            {
                ["check"] = result.Name, ["ok"] = result.IsGood, ["detail"] = result.Detail, ["milliseconds"] = Math.Round(result.Time.TotalMilliseconds),
            })]));
            return;
        }

        var table = new Table(new Column("CHECK"), new Column("VERDICT"), new Column("TIME", IsNumber: true), new Column("DETAIL", MayWrap: true));
        foreach (var (name, isGood, detail, time) in results.Where(result => !printer.IsQuiet || !result.IsGood))
        {
            table.Add(name, isGood ? "ok" : "FAILED", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"), detail);
        }

        printer.Table(table);
    }
}
