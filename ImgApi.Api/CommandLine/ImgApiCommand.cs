using System.CommandLine;
using ImgApi.Api.Configuration;

namespace ImgApi.Api.CommandLine;

/// <summary>The command line: <c>imgapi [-s] [-c FILE]</c>, as trondn/imgapi has it, and verbs.</summary>
internal static class ImgApiCommand
{
    /// <summary>Exit code of whatever did not work.</summary>
    public const int Failure = 1;

    /// <summary>Does what the arguments say.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="serve">Serves a configuration until it is told to end.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments, Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        var start = new Option<bool>("--serve", "-s") { Description = "Start the server." };
        var file = new Option<FileInfo?>("--config", "-c")
        {
            Description = "Use this configuration file instead of $HOME/.imgapi.json.",
            HelpName = "file",
        };
        var command = new RootCommand("An image server for SmartOS and Triton.")
        {
            start, file, VerifyCommand.Create(file), HashPasswordCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(start)
            ? ServeAsync(parsed.GetValue(file)?.FullName, serve, cancellation)
            : ExplainAsync());
        // The server ends itself in good order at a signal, however long that takes.
        return command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> ServeAsync(
        string? file, Func<ServerConfiguration, CancellationToken, Task<int>> serve, CancellationToken cancellation)
    {
        ServerConfiguration configuration;
        try
        {
            configuration = file is not null
                ? ConfigurationFile.Read(file)
                : LocalDefault.FindOrMake(LocalDefault.Home, Console.WriteLine);
        }
        catch (ConfigurationException problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem.Message}");
            return Failure;
        }

        return await serve(configuration, cancellation);
    }

    private static async Task<int> ExplainAsync()
    {
        await Console.Error.WriteLineAsync("imgapi: nothing to do. Start the server with -s; --help tells more.");
        return Failure;
    }
}
