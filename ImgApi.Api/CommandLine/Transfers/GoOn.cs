using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Commands that continue what was interrupted, to be shown to the person.</summary>
internal static class GoOn
{
    private static readonly (Option Option, string Name)[] Kept =
    [
        (OtherServer.To, "-u"), (ConnectionOptions.Url, "-u"), (ConnectionOptions.Channel, "-C"), (ConnectionOptions.Account, "--account"),
        (ConnectionOptions.PasswordFile, "--password-file"), (ConnectionOptions.Key, "-i"),
    ];

    /// <summary>A command for the server and with the credentials of the one that runs.</summary>
    public static string Command(ParseResult parsed, string arguments) => $"imgapi {arguments}" + string.Concat(
        from kept in Kept
        where parsed.GetResult(kept.Option) is { Implicit: false }
        from token in parsed.GetResult(kept.Option)!.Tokens
        select $" {kept.Name} {Quote(token.Value)}");

    /// <summary>An argument for a shell.</summary>
    public static string Quote(string argument) => argument.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:@%+=,".Contains(character, StringComparison.Ordinal))
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
