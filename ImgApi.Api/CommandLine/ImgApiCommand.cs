using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ImgApi.Api.Logging;

namespace ImgApi.Api.CommandLine;

/// <summary>The command line: <c>imgapi [-s] [-c FILE]</c>, as in trondn/imgapi, and commands.</summary>
internal static class ImgApiCommand
{
    public const int Failure = 1;

    /// <summary>Exit code for invalid arguments.</summary>
    public const int Misuse = 2;

    private const string Help = "--help";

    private static readonly TimeSpan TimeToUndo = TimeSpan.FromSeconds(30);

    /// <param name="serve">Runs the server until the process is asked to end.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        // Arguments that begin with @ do not name files with more arguments.
        var parsed = Create(serve).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (Problem(parsed) is { } problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem}; see imgapi help");
            return Misuse;
        }

        // The server shuts down by itself at a signal, without a time limit here. Other commands may undo what they have begun.
        var isServer = parsed.CommandResult.Command is RootCommand;
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = isServer ? null : TimeToUndo });
    }

    /// <summary>What is wrong with the arguments; null if they are valid.</summary>
    private static string? Problem(ParseResult parsed) => parsed switch
    {
        { Errors.Count: 0 } => null,
        // The argument may be the password, so the message does not repeat it.
        { UnmatchedTokens.Count: > 0, CommandResult.Command.Name: HashPasswordCommand.Name } => "hash-password takes no arguments",
        { UnmatchedTokens: [var word, ..] } => $"\"{VisibleText.Cut(word)}\" is not a command or option",
        _ => VisibleText.Cut(parsed.Errors[0].Message.TrimEnd('.')),
    };

    private static RootCommand Create(Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        var start = new Option<bool>("--serve", "-s") { Description = "Start the server." };
        var file = new Option<FileInfo?>("--config", "-c")
        {
            Description = "The configuration file. Without it: ~/.imgapi.json, else ~/.imgapi/config.json, which -s creates if neither exists.",
            HelpName = "file",
        };
        var root = new RootCommand("An image server for SmartOS and Triton.")
        {
            start, file, VerifyCommand.Create(file), HashPasswordCommand.Create(),
        };
        foreach (var command in ClientCommands.Create())
        {
            root.Add(command);
        }

        root.Options.OfType<VersionOption>().Single().Aliases.Add("-v");
        root.Options.OfType<HelpOption>().Single().Description = "Show this help, or the help of a command.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        root.Add(VersionCommand(root));
        root.Add(HelpCommand(root));
        root.Validators.Add(given =>
        {
            if (given.GetResult(file) is not null && !given.GetValue(start) && !given.Children.OfType<CommandResult>().Any())
            {
                given.AddError("-c needs -s or a command");
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
        var help = new Command("help", "Show this help, or the help of a command.") { subject };
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
            // Standard output is closed, or the disk of the log is full. The server starts anyway.
        }
    }

    private static async Task<int> ServeAsync(
        string? file, Func<ServerConfiguration, CancellationToken, Task<int>> serve, CancellationToken cancellation)
    {
        try
        {
            var (configuration, newLogin) = file is not null ? (ConfigurationFile.Read(file), null) : LocalDefault.FindOrCreate(LocalDefault.Home);
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
