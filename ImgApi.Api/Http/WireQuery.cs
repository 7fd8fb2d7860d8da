using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace ImgApi.Api.Http;

/// <summary>
/// A query string by the rules of contract 1.5: names are case-sensitive, <c>+</c> is a space, an invalid escape stays as it is. A semicolon
/// separates too if a parameter of this API and <c>=</c> follow (contract 12.2), since users of trondn/imgapi type such URLs.
/// </summary>
internal sealed partial class WireQuery
{
    // Far above what any request needs; it bounds the cost of a hostile query. Each repetition of a name counts, since it copies the
    // earlier values.
    private const int MaxParameters = 1024;

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
        foreach (var range in Separator.EnumerateSplits(text))
        {
            query.Add(text.AsSpan(range));
        }

        return query;
    }

    /// <summary>The values of a parameter, separated by commas; null if it is absent.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null;

    [GeneratedRegex(
        "&|;(?=(?:account|action|billing_tag|channel|compression|datacenter|dataset_guid|error|execution|force|force_all_channels"
        + "|inclAdminFields|index|limit|marker|name|os|owner|public|requested|sha1|size|skip_owner_check|sort|source|state|storage|task|type|version)=)")]
    private static partial Regex Separator { get; }

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
