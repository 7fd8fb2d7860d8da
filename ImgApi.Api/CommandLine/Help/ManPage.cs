using System.CommandLine;
using System.Text;

namespace ImgApi.Api.CommandLine.Help;

/// <summary>Writes the manual page imgapi(1) in the macros of man(7).</summary>
internal sealed class ManPage
{
    private const string Introduction = """
        .SH NAME
        imgapi \- image server for SmartOS and Triton, and its client
        .SH SYNOPSIS
        .B imgapi
        .I COMMAND
        .RI [ ARGUMENT ...]
        .br
        .B imgapi \-s
        .RB [ \-c
        .IR FILE ]
        .SH DESCRIPTION
        The server stores image manifests and image files, and serves them over IMGAPI to imgadm, curl and other clients.
        The client finds, publishes, changes and copies the images of this server, and of any other server with that API.
        """;

    private const string Facts = """
        .SH EXIT STATUS
        .TP
        .B 0
        Success.
        .TP
        .B 1
        The server refused the request, or the command found a problem.
        .TP
        .B 2
        Invalid arguments, or something on this machine is missing.
        .TP
        .B 3
        The server does not answer.
        .TP
        .B 130
        Interrupted by Ctrl\-C.
        .SH ENVIRONMENT
        .TP
        .B IMGAPI_URL
        The server of the client's commands.
        .TP
        .B IMGAPI_PASSWORD
        The password of the user.
        .TP
        .B NO_COLOR
        No colors.
        .SH FILES
        .TP
        .I ~/.config/imgapi/hosts.json
        The logins of the client.
        .TP
        .I ~/.local/state/imgapi/transfers
        Which unfinished uploads belong to which commands.
        .TP
        .I ~/.imgapi.json
        The configuration of the server.
        .TP
        .I ~/.imgapi/config.json
        The configuration that the first start creates if there is none.
        .SH SEE ALSO
        .BR imgadm (8)
        """;

    private readonly StringBuilder _page = new();

    public string Write(RootCommand root, IReadOnlyList<CommandGroup> groups)
    {
        Line($".TH IMGAPI 1 \"\" \"ImgApi {ServerVersion.Text}\" \"User Commands\"");
        Line(Introduction.ReplaceLineEndings("\n"));
        Line(".SH COMMANDS");
        foreach (var (title, commands) in groups)
        {
            Line($".SS {Escape(title)}");
            foreach (var command in commands.Where(command => !command.Hidden))
            {
                WriteCommand("imgapi", command);
            }
        }

        Line(".SH OPTIONS");
        WriteOptions(root);
        Line(Facts.ReplaceLineEndings("\n"));
        return _page.ToString();
    }

    private void WriteCommand(string parent, Command command)
    {
        var name = $"{parent} {command.Name}";
        var subcommands = command.Subcommands.Where(subcommand => !subcommand.Hidden).ToArray();
        foreach (var subcommand in subcommands)
        {
            WriteCommand(name, subcommand);
        }

        if (subcommands.Length > 0)
        {
            return;
        }

        Line(".TP");
        Line($"\\fB{Escape(name)}\\fR" + string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument => " " + Usage(argument))));
        Line(Text(command.Description));
        Line(".RS");
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden && argument.Description is not null))
        {
            Line($".TP\n\\fI{Escape(argument.Name.ToUpperInvariant())}\\fR\n{Text(argument.Description)}");
        }

        WriteOptions(command);
        Line(".RE");
    }

    private void WriteOptions(Command command)
    {
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = option.Aliases.Append(option.Name).OrderBy(name => name.Length).Select(name => $"\\fB{Escape(name)}\\fR");
            var value = option.HelpName is { } help ? $" \\fI{Escape(help.ToUpperInvariant())}\\fR" : "";
            Line($".TP\n{string.Join(", ", names)}{value}\n{Text(option.Description)}");
        }
    }

    private static string Usage(Argument argument)
    {
        var name = $"\\fI{Escape(argument.Name.ToUpperInvariant())}\\fR" + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    /// <summary>A paragraph. A line must not begin with a control character.</summary>
    private static string Text(string? text) => Escape(text ?? "") is ['.' or '\'', ..] control ? $"\\&{control}" : Escape(text ?? "");

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal);

    private void Line(string text) => _page.Append(text).Append('\n');
}
