using System.Text;
using System.Text.Json;

namespace ImgApi.Domain.Text;

/// <summary>Says where and why a text is not JSON, in words for the person who wrote it.</summary>
public static class JsonFault
{
    /// <summary>
    /// A phrase such as <c>line 3, column 5: unexpected 'd'; names and texts stand in double quotes</c>. Lines and columns count
    /// from 1, and columns count characters, as editors do; the runtime counts both from 0, and bytes.
    /// </summary>
    /// <param name="text">The whole text in UTF-8.</param>
    /// <param name="fault">What the parser threw.</param>
    public static string Describe(ReadOnlySpan<byte> text, JsonException fault)
    {
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "the text is empty";
        }

        var line = (int)(fault.LineNumber ?? 0);
        var lineStart = StartOfLine(text, line);
        var position = Math.Min(lineStart + (int)(fault.BytePositionInLine ?? 0), text.Length);
        var column = Encoding.UTF8.GetCharCount(text[lineStart..position]) + 1;
        return $"line {line + 1}, column {column}: {Reason(text, position, fault)}";
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

    private static string Reason(ReadOnlySpan<byte> text, int position, JsonException fault)
    {
        if (fault.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return "objects and lists are nested too deeply";
        }

        if (text[position..].Trim(" \t\r\n"u8).IsEmpty)
        {
            return "the text ends too early; a closing quote, brace or bracket is missing";
        }

        Rune.DecodeFromUtf8(text[position..], out var found, out _);
        if (Rune.IsControl(found))
        {
            return "a line break or control character within a text; write it as an escape, such as \\n";
        }

        var before = text[..position].TrimEnd(" \t\r\n"u8);
        return $"unexpected '{found}'" + (Remedy(before.IsEmpty ? '\0' : (char)before[^1], found) is { } remedy ? "; " + remedy : "");
    }

    private static string? Remedy(char before, Rune found) => found.Value switch
    {
        '}' or ']' when before == ',' => "the comma before it is one too many",
        '"' or '{' or '[' or (>= '0' and <= '9') when before is '"' or '}' or ']' or 'e' or 'l' or (>= '0' and <= '9') =>
            "is a comma missing before it?",
        '\'' => "names and texts stand in double quotes",
        _ when Rune.IsLetter(found) => "names and texts stand in double quotes",
        _ => null,
    };
}
