namespace ImgApi.Api.Json;

/// <summary>Removes the white space between the tokens of JSON.</summary>
internal static class CompactJson
{
    /// <summary>The same bytes that <see cref="WireJson.Compact"/> writes for the value.</summary>
    /// <param name="indented">Output of <see cref="WireJson.Indented"/>.</param>
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

    /// <summary>Length of the string at the start of the text, including its quotes.</summary>
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
