using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Authentication;

/// <summary>The parameters of a Signature header: <c>name="value"</c>, separated by commas and optional spaces.</summary>
internal sealed partial class SignatureHeader
{
    // Far above the length with the longest key.
    private const int MaxLength = 8192;
    private const int MaxParameters = 16;

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private SignatureHeader()
    {
    }

    /// <summary>Parses the text after <c>Signature</c>, in time proportional to its length.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SignatureHeader? header)
    {
        header = new SignatureHeader();
        if (text.Length > MaxLength)
        {
            return false;
        }

        var trimmed = text.Trim(' ').ToString();
        var end = 0;
        foreach (Match match in Parameter.Matches(trimmed))
        {
            if (header._parameters.Count == MaxParameters || !header._parameters.TryAdd(match.Groups[1].Value, match.Groups[2].Value))
            {
                return false;
            }

            end = match.Index + match.Length;
        }

        return end == trimmed.Length;
    }

    /// <summary>A parameter's value; null if it is absent or empty.</summary>
    public string? Value(string name) => _parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    [GeneratedRegex("""\G *([A-Za-z]+) *= *"([^"]*)" *(?:,|\z)""")]
    private static partial Regex Parameter { get; }
}
