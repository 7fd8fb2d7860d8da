namespace ImgApi.Api.Json;

/// <summary>JSON without the white space between its tokens.</summary>
internal static class CompactJson
{
    /// <summary>The compact form of a text: what <see cref="WireJson.Compact"/> makes of the same value.</summary>
    /// <param name="indented">UTF-8, as <see cref="WireJson.Indented"/> makes it.</param>
    public static byte[] Of(ReadOnlySpan<byte> indented)
    {
        var compact = new byte[indented.Length];
        var length = 0;
        while (!indented.IsEmpty)
        {
            if (indented[0] is (byte)' ' or (byte)'\n')
            {
                indented = indented[1..];
                continue;
            }

            var token = indented[0] == '"' ? LengthOfString(indented) : 1;
            indented[..token].CopyTo(compact.AsSpan(length));
            length += token;
            indented = indented[token..];
        }

        return compact[..length];
    }

    /// <summary>Bytes of the string that the text begins with, quotes included.</summary>
    private static int LengthOfString(ReadOnlySpan<byte> text)
    {
        var end = 1;
        while (text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
            end += text[end..].IndexOfAny((byte)'"', (byte)'\\');
        }

        return end + 1;
    }
}
