using System.Globalization;

namespace ImgApi.Domain.Images;

/// <summary>Sizes in the words of error messages.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

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
