using System.Globalization;

namespace ImgApi.Domain.Values;

/// <summary>Sizes in messages.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size with one decimal in the largest binary unit that fits: <c>77.5 GiB</c>, <c>0 B</c>.</summary>
    public static string Approximate(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    /// <summary>The size in the largest binary unit that divides it: <c>20 GiB</c>, <c>128 KiB</c>, <c>1000 B</c>.</summary>
    public static string Format(long bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && bytes % 1024 == 0 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes} {Units[unit]}");
    }
}
