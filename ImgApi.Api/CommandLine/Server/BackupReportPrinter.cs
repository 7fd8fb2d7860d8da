using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Backups;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>Prints what <c>imgapi backup</c> or <c>imgapi restore</c> has done.</summary>
internal static class BackupReportPrinter
{
    /// <summary>Prints the report.</summary>
    /// <param name="verb">What was done with the images: "saved".</param>
    /// <returns>The exit code.</returns>
    public static int Print(Printer printer, string verb, BackupReport report)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonObject
            {
                ["backup"] = report.Path,
                ["images"] = report.Images,
                ["new_files"] = report.Files,
                ["bytes_copied"] = report.Bytes,
                ["problems"] = new JsonArray([.. report.Problems.Select(problem => JsonValue.Create(problem))]),
            });
        }
        else
        {
            foreach (var problem in report.Problems)
            {
                printer.Line(problem);
            }

            printer.Line(
                $"{report.Path}: {Count.Of(report.Images, "image")} {verb}, {Count.Of(report.Bytes, "byte")} copied, {Count.Of(report.Problems.Count, "problem")}");
        }

        return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
