using System.CommandLine;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.Logging;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi serve</c>, the same as <c>imgapi -s</c>: runs the server until the process is asked to end.</summary>
/// <param name="configurationFile">The option with the configuration file.</param>
/// <param name="serve">Puts the server together and runs it.</param>
internal sealed class ServeCommand(Option<FileInfo?> configurationFile, Func<ServerConfiguration, CancellationToken, Task<int>> serve)
{
    public const string Name = "serve";

    public Command Create()
    {
        var command = new Command(Name, "Start the server, the same as -s. Ctrl+C stops it.") { configurationFile };
        command.SetAction(RunAsync);
        return command;
    }

    public async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var (configuration, newLogin) = parsed.GetValue(configurationFile) is { } file
                ? (ConfigurationFile.Read(file.FullName), null)
                : LocalDefault.FindOrCreate(LocalDefault.Home);
            if (configuration.LogFormat == LogFormat.Text)
            {
                await GreetAsync(Greeting.Before(configuration, newLogin));
            }

            return await serve(configuration, cancellation);
        }
        catch (ConfigurationException problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem.Message}");
            return ExitCode.Refused;
        }
    }

    private static async Task GreetAsync(string text)
    {
        try
        {
            await Console.Out.WriteLineAsync(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Standard output is closed, or the disk of the log is full. The server starts anyway.
        }
    }
}
