using Microsoft.Extensions.Primitives;

namespace ImgApi.Api.Http;

/// <summary>
/// A query string by the rules of contract 1.5: names are case-sensitive, <c>+</c> is a space, an invalid escape stays as it is. A semicolon
/// separates too if a parameter of this API and <c>=</c> follow (contract 12.2), since users of trondn/imgapi type such URLs.
/// </summary>
public sealed class WireQuery
{
    // Far above what any request needs; it bounds the cost of a hostile query. Each repetition of a name counts, since it copies the
    // earlier values.
    private const int MaxParameters = 1024;

    private static readonly HashSet<string> SeparableNames = new(StringComparer.Ordinal)
    {
        "account", "action", "billing_tag", "channel", "compression", "datacenter", "dataset_guid", "error", "execution",
        "force", "force_all_channels", "inclAdminFields", "index", "limit", "marker", "name", "os", "owner", "public", "sha1",
        "size", "skip_owner_check", "sort", "source", "state", "storage", "task", "type", "version",
    };

    private static readonly int MaxSeparableLength = SeparableNames.Max(name => name.Length);

    private readonly Dictionary<string, StringValues> _values = new(StringComparer.Ordinal);
    private int _count;

    private WireQuery()
    {
    }

    /// <summary>The parameters in the order of their first appearance.</summary>
    public IReadOnlyDictionary<string, StringValues> Values => _values;

    /// <summary>The query of a request, which is parsed once.</summary>
    public static WireQuery Of(HttpContext context)
    {
        var query = context.Features.Get<WireQuery>();
        if (query is null)
        {
            query = Parse(RawTarget.Of(context).Query);
            context.Features.Set(query);
        }

        return query;
    }

    /// <summary>Parses the text after the <c>?</c>.</summary>
    public static WireQuery Parse(string text)
    {
        var query = new WireQuery();
        foreach (var range in text.AsSpan().Split('&'))
        {
            var rest = text.AsSpan(range);
            while (SemicolonSeparator(rest) is var at and >= 0)
            {
                query.Add(rest[..at]);
                rest = rest[(at + 1)..];
            }

            query.Add(rest);
        }

        return query;
    }

    /// <summary>The values of a parameter, separated by commas; null if it is absent.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null;

    /// <summary>Reads only a name's length after each semicolon, so that many semicolons do not take quadratic time.</summary>
    private static int SemicolonSeparator(ReadOnlySpan<char> text)
    {
        var names = SeparableNames.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = text.IndexOf(';'); at >= 0;)
        {
            var after = text[(at + 1)..];
            var equals = after[..Math.Min(after.Length, MaxSeparableLength + 1)].IndexOf('=');
            if (equals > 0 && names.Contains(after[..equals]))
            {
                return at;
            }

            var next = after.IndexOf(';');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    private void Add(ReadOnlySpan<char> pair)
    {
        if (pair.IsEmpty || _count >= MaxParameters)
        {
            return;
        }

        _count++;
        var equals = pair.IndexOf('=');
        var name = Decode(equals < 0 ? pair : pair[..equals]);
        var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        _values[name] = _values.TryGetValue(name, out var earlier) ? StringValues.Concat(earlier, value) : value;
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
