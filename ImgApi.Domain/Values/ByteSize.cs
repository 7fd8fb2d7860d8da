using System.Globalization;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Values;

/// <summary>Sizes as people read and write them.</summary>
public static partial class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size with one decimal in the largest binary unit that fits: <c>77.5 GiB</c>, <c>0 B</c>.</summary>
    public static string Approximate(long bytes) => InUnit(bytes, size => size >= 1024);

    /// <summary>The size in the largest binary unit that divides it: <c>20 GiB</c>, <c>128 KiB</c>, <c>1000 B</c>.</summary>
    public static string Format(long bytes) => InUnit(bytes, size => size >= 1024 && size % 1024 == 0);

    /// <summary>Reads a whole number of bytes, or of binary units: <c>10737418240</c>, <c>10g</c>, <c>10 GiB</c>.</summary>
    /// <returns>Null for other texts, and for more bytes than a long has.</returns>
    public static long? Parse(string text)
    {
        if (Pattern.Match(text) is not { Success: true, Groups: var groups } || !long.TryParse(groups["count"].ValueSpan, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = Array.FindIndex(Units, name => name[..1].Equals(groups["unit"].Value, StringComparison.OrdinalIgnoreCase));
        var scale = 1L << (10 * Math.Max(unit, 0));
        return count <= long.MaxValue / scale ? count * scale : null;
    }

    [GeneratedRegex(@"\A(?<count>[0-9]+) ?((?<unit>[KMGT])(iB)?|B)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    private static string InUnit(decimal size, Func<decimal, bool> fitsLargerUnit)
    {
        var unit = 0;
        while (unit < Units.Length - 1 && fitsLargerUnit(size))
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
