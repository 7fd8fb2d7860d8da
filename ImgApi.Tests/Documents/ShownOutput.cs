using System.Text.RegularExpressions;

namespace ImgApi.Tests.Documents;

/// <summary>
/// Compares the output in a document with the output of the command. Ids, times, hashes and numbers differ from run to run; a line of three
/// dots stands for any lines.
/// </summary>
internal static partial class ShownOutput
{
    /// <summary>Whether the output agrees with the document.</summary>
    public static bool Matches(string shown, string printed)
    {
        var pattern = string.Concat(Plain(shown).Split('\n').Select(line => line.Trim() == "..." ? "(.*\n)*?" : Regex.Escape(line) + "\n"));
        return Regex.IsMatch(Plain(printed) + "\n", $@"\A{pattern}\z");
    }

    private static string Plain(string text) => string.Join('\n', text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => ColumnGap.Replace(PlainLine(line.TrimEnd()), "  ")));

    /// <summary>The width of a column varies with its content.</summary>
    [GeneratedRegex(@"(?<=\S) {2,}")]
    private static partial Regex ColumnGap { get; }

    private static string PlainLine(string line) => line.StartsWith("HTTP/", StringComparison.Ordinal) ? line : Varying.Replace(line, match => match switch
    {
        _ when match.Groups["header"].Success => match.Groups["header"].Value + ": _",
        _ => "_",
    });

    [GeneratedRegex("""
        (?<header>^(?:Date|Last-Modified|Content-MD5|x-request-id|x-response-time|x-server-name|ETag)):.*
        | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
        | \b[0-9a-f]{8}\b
        | \d{4}-\d\d-\d\dT[\d:.]+Z
        | \ +\d+\ ms
        | \b[0-9a-f]{40}\b
        | \$i=\d+\$\S+
        | \b\d{2,}\b | \b\d+(?=\ bytes|\ s\ apart)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Varying { get; }
}
