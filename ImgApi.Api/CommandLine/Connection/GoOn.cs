using System.CommandLine;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>Commands that continue what was interrupted, to be shown to the person.</summary>
internal static class GoOn
{
    private static readonly (Option Option, string Name)[] Kept =
    [
        (OtherServer.To, "-u"), (ConnectionOptions.Url, "-u"), (ConnectionOptions.Channel, "-C"), (ConnectionOptions.Account, "--account"),
        (ConnectionOptions.PasswordFile, "--password-file"), (ConnectionOptions.Key, "-i"), (ConnectionOptions.Insecure, "--insecure"),
    ];

    /// <summary>The command that runs, once more. Passwords are never arguments, so it contains none.</summary>
    public static string Again(ParseResult parsed) => "imgapi " + string.Join(' ', parsed.Tokens.Select(token => Quote(token.Value)));

    /// <summary>A command for the server and with the credentials of the one that runs.</summary>
    /// <param name="options">More options that are taken over, if they are given.</param>
    public static string Command(ParseResult parsed, string arguments, params IEnumerable<Option> options) => $"imgapi {arguments}" + string.Concat(
        from kept in Kept.Concat(options.Select(option => (Option: option, option.Name)))
        where parsed.GetResult(kept.Option) is { Implicit: false }
        select string.Concat(new[] { kept.Name }.Concat(parsed.GetResult(kept.Option)!.Tokens.Select(token => Quote(token.Value))).Select(word => $" {word}")));

    /// <summary>An argument for a shell.</summary>
    public static string Quote(string argument) => argument.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:@%+=,".Contains(character, StringComparison.Ordinal))
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
