using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ImgApi.Api.Configuration;
using ImgApi.Api.Logging;

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
        // A word that begins with @ is a word, not a file with more arguments.
        var parsed = Create(serve).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (Problem(parsed) is { } problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem}; imgapi help lists what there is");
            return Misuse;
        }

        // The server ends itself in good order at a signal, however long that takes.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>Why the arguments make no command; null if they do.</summary>
    private static string? Problem(ParseResult parsed) => parsed switch
    {
        { Errors.Count: 0 } => null,
        // Never repeated: it may be the password.
        { UnmatchedTokens.Count: > 0, CommandResult.Command.Name: HashPasswordCommand.Name } => "hash-password takes no arguments",
        { UnmatchedTokens: [var word, ..] } => $"\"{VisibleText.Cut(word)}\" is not a command or option",
        _ => VisibleText.Cut(parsed.Errors[0].Message.TrimEnd('.')),
    };

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
        root.Options.OfType<HelpOption>().Single().Description = "Show this help, or that of a command.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        root.Add(VersionCommand(root));
        root.Add(HelpCommand(root));
        root.Validators.Add(given =>
        {
            if (given.GetResult(file) is not null && !given.GetValue(start) && !given.Children.OfType<CommandResult>().Any())
            {
                given.AddError("-c names the configuration of -s or of a command");
            }
        });
        root.SetAction((parsed, cancellation) => parsed.GetValue(start)
            ? ServeAsync(parsed.GetValue(file)?.FullName, serve, cancellation)
            : root.Parse(Help).InvokeAsync(cancellationToken: cancellation));
        return root;
    }

    private static Command VersionCommand(RootCommand root)
    {
        var command = new Command("version", "Show the version.");
        command.SetAction((_, cancellation) => root.Parse("--version").InvokeAsync(cancellationToken: cancellation));
        return command;
    }

    private static Command HelpCommand(RootCommand root)
    {
        var subject = new Argument<string?>("command") { Description = "Show the help of this command.", Arity = ArgumentArity.ZeroOrOne };
        subject.Validators.Add(given =>
        {
            if (given.Tokens is [var word] && root.Subcommands.All(command => command.Name != word.Value))
            {
                given.AddError($"\"{word.Value}\" is not a command");
            }
        });
        var help = new Command("help", "Show this help, or that of a command.") { subject };
        help.SetAction((parsed, cancellation) =>
            root.Parse([.. new[] { parsed.GetValue(subject) }.OfType<string>(), Help]).InvokeAsync(cancellationToken: cancellation));
        return help;
    }

    private static async Task GreetAsync(string text)
    {
        try
        {
            await Console.Out.WriteLineAsync(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nobody reads it, or the disk of the log is full: no reason not to serve.
        }
    }

    private static async Task<int> ServeAsync(
        string? file, Func<ServerConfiguration, CancellationToken, Task<int>> serve, CancellationToken cancellation)
    {
        try
        {
            var (configuration, newLogin) = file is not null ? (ConfigurationFile.Read(file), null) : LocalDefault.FindOrMake(LocalDefault.Home);
            await GreetAsync(Greeting.Before(configuration, newLogin));
            return await serve(configuration, cancellation);
        }
        catch (ConfigurationException problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem.Message}");
            return Failure;
        }
    }
}
