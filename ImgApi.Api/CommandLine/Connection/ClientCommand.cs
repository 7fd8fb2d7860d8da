using System.CommandLine;
using System.CommandLine.Parsing;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>What all commands that speak to a server have in common: the options, the session, the errors and the exit code.</summary>
internal static class ClientCommand
{
    /// <summary>Creates a command.</summary>
    /// <param name="run">Does the work, and returns the exit code. It runs again if the server wants credentials and the person gives them.</param>
    /// <param name="symbols">The arguments and options of the command itself.</param>
    public static Command Create(
        string name, string description, Func<Session, ParseResult, CancellationToken, Task<int>> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description);
        AddSymbols(command, symbols.Concat(OutputOptions.All).Concat(ConnectionOptions.All));
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed, async printer =>
            {
                using var session = await Session.OpenAsync(parsed, printer, cancellation);
                return await AskingAsync(session, () => run(session, parsed, cancellation));
            },
            cancellation));
        return command;
    }

    /// <summary>Runs a command that needs no session, with the same errors and exit codes.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<Printer, Task<int>> run, CancellationToken cancellation)
    {
        using var printer = new Printer(parsed);
        try
        {
            var code = await run(printer);
            printer.Flush();
            return code;
        }
        catch (CommandException problem)
        {
            printer.Flush();
            Printer.Error($"imgapi: {problem.Message}");
            return problem.ExitCode;
        }
        catch (ImgApiException refusal)
        {
            printer.Flush();
            return Refusals.Print(refusal, parsed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Printer.Error($"imgapi: reading or writing failed: {FileFault.Describe(fault)}");
            return ExitCode.Misuse;
        }
    }

    /// <summary>Adds arguments and options. A mistyped option is refused, although an argument would take it as its text.</summary>
    public static void AddSymbols(Command command, IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.Validators.Add(RefuseUnknownOptions);
    }

    private static void RefuseUnknownOptions(CommandResult given)
    {
        var words = given.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        if (words.FirstOrDefault(word => word.Length > 1 && word[0] == '-') is { } option)
        {
            given.AddError($"\"{option}\" is not an option of {given.Command.Name}");
        }
    }

    private static async Task<int> AskingAsync(Session session, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.Unauthorized && session.MayRunAgain && session.TryAskCredentials())
        {
            return await run();
        }
    }
}
