using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi audit verify</c>: whether events of a data folder are missing or were altered. A server may be running on the folder.</summary>
internal static class AuditVerifyCommand
{
    private static readonly Option<string?> Expected = new("--contains")
    {
        Description = "A hash that this command printed earlier; fails unless that event is still there.",
        HelpName = "hash",
    };

    /// <param name="configurationFile">The option with the configuration file, which names the data folder.</param>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var command = new Command("verify", "Check the audit of a data folder. Exit code: 1 if an event is missing or was altered, 2 if it cannot be read.")
        {
            Expected, configurationFile, OutputOptions.Json,
        };
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed, printer => Task.FromResult(Run(printer, parsed.GetValue(configurationFile)?.FullName, parsed.GetValue(Expected))), cancellation));
        return command;
    }

    private static int Run(Printer printer, string? file, string? expected)
    {
        try
        {
            var configuration = file is not null ? ConfigurationFile.Read(file) : LocalDefault.Find(LocalDefault.Home);
            var report = AuditVerification.Verify(configuration.DataFolder, expected, TimeProvider.System);
            Print(printer, report);
            return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        }
        catch (Exception problem) when (problem is ConfigurationException or DataFolderException)
        {
            throw new CommandException(problem.Message, VerifyReport.Unusable);
        }
    }

    private static void Print(Printer printer, AuditVerification report)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonObject
            {
                ["events"] = report.Events,
                ["last"] = report.Last?.Number,
                ["hash"] = report.Last?.Hash,
                ["problems"] = new JsonArray([.. report.Problems.Select(problem => JsonValue.Create(problem))]),
            });
            return;
        }

        foreach (var problem in report.Problems)
        {
            printer.Line(problem);
        }

        printer.Line($"{Count.Of(report.Events, "event")}, {Count.Of(report.Problems.Count, "problem")}");
        if (report.Last is { } last)
        {
            printer.Line($"the last event is {last.Number}, its hash {last.Hash}");
        }
    }
}
