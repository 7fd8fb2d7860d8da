using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Backups;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi restore TARGET</c>: copies a backup into an empty data folder.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Target = new("target") { Description = "The folder of the backups." };
    private static readonly Option<int?> Number = new("--number") { Description = "The backup with this number, instead of the newest.", HelpName = "number" };

    /// <param name="configurationFile">The option with the configuration file, which names the data folder.</param>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var command = new Command(
            "restore", "Copy a backup into the empty data folder of the configuration. Exit code: 1 if an image is damaged, 2 if it is not restored.");
        ClientCommand.AddSymbols(command, [Target, Number, configurationFile, OutputOptions.Json]);
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed, printer => RunAsync(printer, parsed, parsed.GetValue(configurationFile)?.FullName, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Printer printer, ParseResult parsed, string? file, CancellationToken cancellation)
    {
        try
        {
            var configuration = file is not null ? ConfigurationFile.Read(file) : LocalDefault.Find(LocalDefault.Home);
            var report = await TransferBars.RunAsync(printer, bars =>
            {
                var bar = bars.Add("restore", null);
                return RestoreRun.RunAsync(
                    parsed.GetValue(Target)!, parsed.GetValue(Number), configuration.DataFolder, configuration.UsersFile, TimeProvider.System, bytes => bar.Set(bytes), cancellation);
            });
            return BackupReportPrinter.Print(printer, "restored", report);
        }
        catch (Exception problem) when (problem is ConfigurationException or DataFolderException)
        {
            throw new CommandException(problem.Message);
        }
    }
}
