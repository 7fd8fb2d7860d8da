using System.CommandLine;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi config path</c>: prints the path of the configuration file that the server would use.</summary>
internal static class ConfigPathCommand
{
    /// <summary>The command <c>config</c> with its subcommand.</summary>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var path = new Command("path", "Print the path of the configuration file that the server would use.") { configurationFile };
        path.SetAction(parsed => Run(parsed.GetValue(configurationFile)?.FullName));
        return new Command("config", "Find the configuration file.") { path };
    }

    private static int Run(string? file)
    {
        try
        {
            file ??= LocalDefault.FindPath(LocalDefault.Home);
        }
        catch (ConfigurationException problem)
        {
            Console.Error.WriteLine($"imgapi: {problem.Message}");
            return ExitCode.Refused;
        }

        Console.WriteLine(file);
        if (!File.Exists(file))
        {
            Console.Error.WriteLine("imgapi: there is no such file yet");
        }

        return ExitCode.Done;
    }
}
