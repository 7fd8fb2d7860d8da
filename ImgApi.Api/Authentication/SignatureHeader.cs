using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Api.Authentication;

/// <summary>The parameters of a Signature header: <c>name="value"</c>, separated by commas, with spaces between or not.</summary>
internal sealed class SignatureHeader
{
    // Far above what the longest key needs.
    private const int MaxLength = 8192;
    private const int MaxParameters = 16;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private SignatureHeader()
    {
    }

    /// <summary>Reads what follows the word <c>Signature</c>. Takes time in proportion to the length, whatever the text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SignatureHeader? header)
    {
        var read = new SignatureHeader();
        header = read;
        if (text.Length > MaxLength)
        {
            return false;
        }

        for (var rest = text.Trim(' '); !rest.IsEmpty; rest = rest.TrimStart(' '))
        {
            if (read._parameters.Count == MaxParameters || !read.TryTakeOne(ref rest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A parameter's value; null if it is absent or empty.</summary>
    public string? Value(string name) => _parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Takes a parameter off the text, and the comma after it.</summary>
    private bool TryTakeOne(ref ReadOnlySpan<char> rest)
    {
        var equals = rest.IndexOf('=');
        if (equals < 0)
        {
            return false;
        }

        var name = rest[..equals].TrimEnd(' ');
        var value = rest[(equals + 1)..].TrimStart(' ');
        if (name.IsEmpty || name.ContainsAnyExcept(Letters) || value is not ['"', .. var opened] || opened.IndexOf('"') is not (>= 0 and var end))
        {
            return false;
        }

        var after = opened[(end + 1)..].TrimStart(' ');
        if (!after.IsEmpty && after[0] != ',')
        {
            return false;
        }

        rest = after.IsEmpty ? after : after[1..];
        return _parameters.TryAdd(name.ToString(), opened[..end].ToString());
    }
}
