using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ImgApi.Api.CommandLine.Help;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Api.CommandLine.Server;
using ImgApi.Api.CommandLine.Users;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine;

/// <summary>The command line: <c>imgapi [-s] [-c FILE]</c>, as in trondn/imgapi, and commands.</summary>
internal static class ImgApiCommand
{
    private const string HelpFlag = "--help";

    private static readonly TimeSpan TimeToUndo = TimeSpan.FromSeconds(30);

    /// <param name="serve">Runs the server until the process is asked to end.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        // Arguments that begin with @ do not name files with more arguments.
        var parsed = Create(serve).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (Problem(parsed) is { } problem)
        {
            await Console.Error.WriteLineAsync($"imgapi: {problem}; see imgapi help");
            return ExitCode.Misuse;
        }

        // The server shuts down by itself at a signal, without a time limit here. Other commands may undo what they have begun.
        var isServer = parsed.CommandResult.Command is RootCommand or { Name: ServeCommand.Name };
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                ProcessTerminationTimeout = isServer ? null : TimeToUndo,
                EnableDefaultExceptionHandler = isServer,
            });
        }
        catch (IOException fault)
        {
            await Console.Error.WriteLineAsync($"imgapi: reading or writing failed: {FileFault.Describe(fault)}");
            return ExitCode.Misuse;
        }
    }

    /// <summary>What is wrong with the arguments; null if they are valid.</summary>
    private static string? Problem(ParseResult parsed) => parsed switch
    {
        { Errors.Count: 0 } => null,
        // The directive of the completion scripts has a whole command line as its argument.
        { RootCommandResult.Command: RootCommand root } when root.Directives.OfType<SuggestDirective>().Any(suggest => parsed.GetResult(suggest) is not null) => null,
        // The argument may be the password, so the message does not repeat it.
        { UnmatchedTokens.Count: > 0, CommandResult.Command.Name: HashPasswordCommand.Name } => "hash-password takes no arguments",
        { UnmatchedTokens.Count: > 0, CommandResult.Parent: CommandResult { Command.Name: UserCommand.Name } } => "the command takes no more arguments",
        { UnmatchedTokens: [var word, ..] } => $"\"{VisibleText.Cut(word)}\" is not a command or option",
        _ => VisibleText.Cut(parsed.Errors[0].Message.TrimEnd('.')),
    };

    private static RootCommand Create(Func<ServerConfiguration, CancellationToken, Task<int>> serve)
    {
        var start = new Option<bool>("--serve", "-s") { Description = "Start the server." };
        var file = new Option<FileInfo?>("--config", "-c")
        {
            Description = "The configuration file. Without it: ~/.imgapi.json, else ~/.imgapi/config.json, else the environment variables if IMGAPI_DATADIR is set; else -s creates the second.",
            HelpName = "file",
        };
        var root = new RootCommand("An image server for SmartOS and Triton, and its client.") { start, file };
        var serving = new ServeCommand(file, serve);
        var groups = new List<CommandGroup>();
        groups.AddRange(ClientCommands.Create());
        groups.Add(new("Run a server",
        [
            serving.Create(), CheckConfigCommand.Create(file), ConfigPathCommand.Create(file), VerifyCommand.Create(file), BackupCommand.Create(file), RestoreCommand.Create(file),
            HashPasswordCommand.Create(), UserCommand.Create(file), TokenCommand.Create(file), HealthCommand.Create(), DiskUsageCommand.Create(), AuditCommand.Create(file),
        ]));
        groups.Add(new("Get help", HelpCommands(root, groups)));
        foreach (var command in groups.SelectMany(group => group.Commands))
        {
            root.Add(command);
        }

        DescribeOptions(root, groups);
        root.Validators.Add(given =>
        {
            if (given.GetResult(file) is not null && !given.GetValue(start) && !given.Children.OfType<CommandResult>().Any())
            {
                given.AddError("-c needs -s or a command");
            }
        });
        root.SetAction((parsed, cancellation) => parsed.GetValue(start)
            ? serving.RunAsync(parsed, cancellation)
            : InvokeAsync(root, cancellation, HelpFlag));
        return root;
    }

    /// <summary>The options that the library adds.</summary>
    private static void DescribeOptions(RootCommand root, IReadOnlyList<CommandGroup> groups)
    {
        var version = root.Options.OfType<VersionOption>().Single();
        version.Aliases.Add("-v");
        version.Description = "Show the version.";
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        help.Description = "Show this help, or the help of a command.";
        help.Action = new HelpPage((HelpAction)help.Action!, groups);
    }

    private static Command[] HelpCommands(RootCommand root, IReadOnlyList<CommandGroup> groups)
    {
        var version = new Command("version", "Show the version.");
        version.SetAction((_, cancellation) => InvokeAsync(root, cancellation, "--version"));
        return [HelpCommand(root), ManCommand.Create(root, groups), CompletionCommand.Create(), version];
    }

    private static Command HelpCommand(RootCommand root)
    {
        var subject = new Argument<string[]>("command") { Description = "Show the help of this command.", Arity = ArgumentArity.ZeroOrMore };
        subject.CompletionSources.Add(_ => root.Subcommands.Select(command => command.Name));
        subject.Validators.Add(given =>
        {
            if (given.Tokens is [var word, ..] && root.Subcommands.All(command => command.Name != word.Value))
            {
                given.AddError($"\"{word.Value}\" is not a command");
            }
        });
        var help = new Command("help", "Show this help, or the help of a command.") { subject };
        help.SetAction((parsed, cancellation) => InvokeAsync(root, cancellation, [.. parsed.GetValue(subject) ?? [], HelpFlag]));
        return help;
    }

    /// <summary>Runs another command line in place of the given one. Its exceptions are the caller's.</summary>
    private static Task<int> InvokeAsync(RootCommand root, CancellationToken cancellation, params string[] arguments) =>
        root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellation);
}
