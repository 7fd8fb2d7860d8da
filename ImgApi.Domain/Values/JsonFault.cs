using System.Text;
using System.Text.Json;

namespace ImgApi.Domain.Values;

/// <summary>Explains where and why a text is not JSON, for the person who wrote it.</summary>
public static class JsonFault
{
    // A part of each of the parser's messages, which are about its modes and buffers, and its meaning for the author of the text.
    private static readonly (string Part, string Meaning)[] Reasons =
    [
        ("maximum configured depth", "objects and lists are nested too deeply"),
        ("end of the JSON payload", "the text ends too early; a closing brace or bracket is missing"),
        ("reached end of data", "the text ends too early"),
        ("does not contain any JSON tokens", "the text is empty"),
        ("trailing comma", "there is a comma after the last entry"),
        ("invalid after a value", "a comma or a closing brace or bracket was expected here"),
        ("invalid after a property name", "a colon was expected here"),
        ("invalid start of a property name", "a name in double quotes was expected here"),
        ("invalid start of a value", "a value was expected here; texts stand in double quotes"),
        ("invalid escapable character", "a backslash in a text begins an escape; write \\\\ for the backslash itself"),
        ("not a hex digit", "\\u is followed by four hexadecimal digits"),
        ("invalid within a JSON string", "a line break or control character within a text; write it as an escape, such as \\n"),
        ("invalid JSON literal", "only true, false and null are written without quotes"),
        ("leading zero", "a number must not begin with a zero"),
        ("end of a number", "this is not a number"),
        ("within a number", "this is not a number"),
        ("uplicate", "a name occurs twice in the same object"),
        ("Expected end of data", "nothing may follow the end of the object"),
    ];

    /// <summary>
    /// A phrase such as <c>line 3, column 5: a colon was expected here</c>. Lines and columns start at 1 and columns count characters, as
    /// in editors; the parser starts at 0 and counts bytes. Without the place if the parser does not say it.
    /// </summary>
    /// <param name="text">The whole text in UTF-8.</param>
    public static string Describe(ReadOnlySpan<byte> text, JsonException fault)
    {
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "the text is empty";
        }

        if (fault.LineNumber is null)
        {
            return Reason(fault.Message);
        }

        var line = (int)fault.LineNumber;
        var lineStart = StartOfLine(text, line);
        var position = Math.Min(lineStart + (int)(fault.BytePositionInLine ?? 0), text.Length);
        var column = Encoding.UTF8.GetCharCount(text[lineStart..position]) + 1;
        return $"line {line + 1}, column {column}: {Reason(fault.Message)}";
    }

    private static int StartOfLine(ReadOnlySpan<byte> text, int line)
    {
        var start = 0;
        for (var i = 0; i < line && text[start..].IndexOf((byte)'\n') is >= 0 and var length; i++)
        {
            start += length + 1;
        }

        return start;
    }

    private static string Reason(string message) =>
        Reasons.FirstOrDefault(reason => message.Contains(reason.Part, StringComparison.Ordinal)).Meaning ?? "this is not JSON";
}
