using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// Escapes only the characters of JSON strings that must be escaped: quotes, backslashes and control characters (contract 1.1). The
/// framework's most relaxed encoder also escapes all characters outside the basic multilingual plane.
/// </summary>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private const int MaxEscapeLength = 6;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    public override int MaxOutputCharactersPerInputCharacter => MaxEscapeLength;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny(Escaped);

    public override bool WillEncode(int unicodeScalar) => unicodeScalar < ' ' || unicodeScalar is '"' or '\\';

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            < ' ' => "\\u" + unicodeScalar.ToString("x4", CultureInfo.InvariantCulture),
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = escape.TryCopyTo(target) ? escape.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}
