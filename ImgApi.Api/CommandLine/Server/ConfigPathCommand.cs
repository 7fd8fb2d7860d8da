using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi config path</c>: prints the path of the configuration file that the server would use.</summary>
internal static class ConfigPathCommand
{
    /// <summary>The command <c>config</c> with its subcommand.</summary>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var path = new Command("path", "Print the path of the configuration file that the server would use.") { configurationFile, OutputOptions.Json };
        path.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed, printer => Task.FromResult(Run(printer, parsed.GetValue(configurationFile)?.FullName)), cancellation));
        return new Command("config", "Find the configuration file.") { path };
    }

    private static int Run(Printer printer, string? file)
    {
        if (file is null && LocalDefault.IsInVariables(LocalDefault.Home))
        {
            Console.Error.WriteLine("imgapi: there is no file: the environment variables IMGAPI_... are the configuration");
            return ExitCode.Refused;
        }

        try
        {
            file ??= LocalDefault.FindPath(LocalDefault.Home);
        }
        catch (ConfigurationException problem)
        {
            Console.Error.WriteLine($"imgapi: {problem.Message}");
            return ExitCode.Refused;
        }

        printer.Result(new JsonObject { ["path"] = file, ["exists"] = File.Exists(file) }, file, file);
        printer.Flush();
        if (!printer.IsJson && !File.Exists(file))
        {
            Console.Error.WriteLine("imgapi: there is no such file yet");
        }

        return ExitCode.Done;
    }
}
