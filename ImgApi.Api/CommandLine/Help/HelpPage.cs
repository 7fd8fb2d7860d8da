using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ImgApi.Api.CommandLine.Help;

/// <summary>The help: of the program with its commands in groups, and of a single command as the library writes it.</summary>
internal sealed class HelpPage(HelpAction ofCommand, IReadOnlyList<CommandGroup> groups) : SynchronousCommandLineAction
{
    private const string Indent = "  ";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand root)
        {
            return ofCommand.Invoke(parseResult);
        }

        Write(root, parseResult.InvocationConfiguration.Output);
        return 0;
    }

    private void Write(RootCommand root, TextWriter output)
    {
        var options = root.Options.Where(option => !option.Hidden).ToArray();
        var width = groups.SelectMany(group => group.Commands).Select(command => command.Name)
            .Concat(options.Select(Names)).Max(name => name.Length);
        output.WriteLine($"{root.Description}\n\nUsage: imgapi COMMAND [ARGUMENT...]\n       imgapi -s [-c FILE]");
        foreach (var (title, commands) in groups)
        {
            WriteSection(title, commands.Select(command => (command.Name, FirstSentence(command))));
        }

        WriteSection("Options", options.Select(option => (Names(option), option.Description ?? "")));
        output.WriteLine("\nimgapi help COMMAND shows the arguments and options of a command.");
        output.WriteLine("Exit codes: 0 done, 1 refused or not found, 2 wrong arguments, 3 the server does not answer, 130 interrupted.");

        void WriteSection(string title, IEnumerable<(string Name, string Meaning)> rows)
        {
            output.WriteLine($"\n{title}:");
            foreach (var (name, meaning) in rows)
            {
                output.WriteLine($"{Indent}{name.PadRight(width)}{Indent}{meaning}");
            }
        }
    }

    private static string Names(Option option) =>
        string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length)) + (option.HelpName is { } value ? $" {value.ToUpperInvariant()}" : "");

    private static string FirstSentence(Command command) => (command.Description ?? "").Split(". ")[0].TrimEnd('.');
}
