using System.CommandLine;
using ImgApi.Api.Configuration;
using ImgApi.Api.Hosting;

namespace ImgApi.Api.CommandLine;

/// <summary>The command line: <c>imgapi [-s] [-c FILE]</c>, as trondn/imgapi has it, and verbs.</summary>
internal static class ImgApiCommand
{
    /// <summary>Exit code of a command that did not work.</summary>
    public const int Failure = 1;

    /// <summary>Exit code of arguments that make no command.</summary>
    public const int Misuse = 2;

    private const string Help = "--help";

    /// <summary>Does what the arguments say.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="serve">Serves a configuration until the process is asked to end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        var parsed = Create(serve).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var problem = parsed.UnmatchedTokens.Count > 0
                ? $"\"{parsed.UnmatchedTokens[0]}\" is not a command or option"
                : parsed.Errors[0].Message.TrimEnd('.');
            await Console.Error.WriteLineAsync($"imgapi: {problem}; imgapi help lists what there is");
            return Misuse;
        }

        // The server ends itself in good order at a signal, however long that takes.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static RootCommand Create(Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        var start = new Option<bool>("--serve", "-s") { Description = "Start the server." };
        var file = new Option<FileInfo?>("--config", "-c")
        {
            Description = "The configuration file. Without it: ~/.imgapi.json, else ~/.imgapi/config.json, which -s makes if there is neither.",
            HelpName = "file",
        };
        var root = new RootCommand("An image server for SmartOS and Triton.")
        {
            start, file, VerifyCommand.Create(file), HashPasswordCommand.Create(),
        };
        root.Options.OfType<VersionOption>().Single().Aliases.Add("-v");
        root.Add(Word("version", "Show the version.", root, "--version"));
        root.Add(Word("help", "Show this help.", root, Help));
        root.SetAction((parsed, cancellation) => parsed.GetValue(start)
            ? ServeAsync(parsed.GetValue(file)?.FullName, serve, cancellation)
            : root.Parse(Help).InvokeAsync(cancellationToken: cancellation));
        return root;
    }

    /// <summary>A command that is another spelling of an option.</summary>
    private static Command Word(string name, string description, RootCommand root, string option)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancellation) => root.Parse(option).InvokeAsync(cancellationToken: cancellation));
        return command;
    }

    private static async Task<int> ServeAsync(
        string? file, Func<ServerConfiguration, CancellationToken, Task<int>> serve, CancellationToken cancellation)
    {
        try
        {
            var (configuration, newLogin) = file is not null ? (ConfigurationFile.Read(file), null) : LocalDefault.FindOrMake(LocalDefault.Home);
            await Console.Out.WriteLineAsync(Greeting.Before(configuration, newLogin));
            return await serve(configuration, cancellation);
        }
        catch (ConfigurationException problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem.Message}");
            return Failure;
        }
    }
}
