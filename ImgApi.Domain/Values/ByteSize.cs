using System.Globalization;

namespace ImgApi.Domain.Values;

/// <summary>Sizes in messages.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size with one decimal in the largest binary unit that fits: <c>77.5 GiB</c>, <c>0 B</c>.</summary>
    public static string Approximate(long bytes) => InUnit(bytes, size => size >= 1024);

    /// <summary>The size in the largest binary unit that divides it: <c>20 GiB</c>, <c>128 KiB</c>, <c>1000 B</c>.</summary>
    public static string Format(long bytes) => InUnit(bytes, size => size >= 1024 && size % 1024 == 0);

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
