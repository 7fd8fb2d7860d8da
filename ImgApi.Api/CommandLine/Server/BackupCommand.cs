using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Backups;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi backup TARGET</c>: copies a data folder, the configuration and the users file. A server may be running on the folder.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("target") { Description = "The folder of the backups." };
    private static readonly Option<bool> Verify = new("--verify") { Description = "Also verify the files that were in the backup before." };

    private static readonly Option<int> Keep = new("--keep")
    {
        Description = "How many backups remain. What they have in common is stored once.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
        Validators =
        {
            given =>
            {
                if (given.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 1))
                {
                    given.AddError("--keep needs a number from 1");
                }
            },
        },
    };

    /// <param name="configurationFile">The option with the configuration file, which names the data folder.</param>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var command = new Command(
            "backup", "Copy images, audit, configuration and users while the server runs. Exit code: 1 if an image is damaged, 2 if there is no new backup.");
        ClientCommand.AddSymbols(command, [Target, Keep, Verify, configurationFile, OutputOptions.Json]);
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed, printer => RunAsync(printer, parsed, parsed.GetValue(configurationFile)?.FullName, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Printer printer, ParseResult parsed, string? file, CancellationToken cancellation)
    {
        try
        {
            file ??= LocalDefault.FindPath(LocalDefault.Home);
            var configuration = ConfigurationFile.Read(file);
            var (data, target) = (Path.TrimEndingDirectorySeparator(configuration.DataFolder), Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(Target)!)));
            var rules = new BackupRules(data, target, file, configuration.UsersFile, parsed.GetValue(Keep), parsed.GetValue(Verify));
            var report = await TransferBars.RunAsync(printer, bars =>
            {
                var bar = bars.Add("backup", null);
                return BackupRun.RunAsync(rules, TimeProvider.System, bytes => bar.Set(bytes), cancellation);
            });
            return BackupReportPrinter.Print(printer, "saved", report);
        }
        catch (Exception problem) when (problem is ConfigurationException or DataFolderException)
        {
            throw new CommandException(problem.Message);
        }
    }
}
