using System.Globalization;
using System.Text;

namespace ImgApi.Api.Web.Server;

/// <summary>A picture of numbers over the last 24 hours.</summary>
/// <param name="Id">For the parts of the page that refer to it.</param>
/// <param name="Series">One or two, of equal length; each is drawn in a color of its own.</param>
/// <param name="Times">When each number begins.</param>
/// <param name="Max">The number at the top of the picture.</param>
/// <param name="Format">Writes a number for people.</param>
internal sealed record Chart(
    string Id, string Title, IReadOnlyList<ChartSeries> Series, IReadOnlyList<DateTimeOffset> Times, long Max, Func<long, string> Format)
{
    /// <summary>The height of the picture in its own units; the width is the number of values.</summary>
    public const int Height = 100;

    public int Width => Times.Count;

    /// <summary>The numbers of each hour, the newest first, for people who do not see the picture.</summary>
    public IEnumerable<(DateTimeOffset Hour, long[] Sums)> Hours =>
        from place in Enumerable.Range(0, Times.Count)
        group place by Times[place].ToUnixTimeSeconds() / 3600 into hour
        orderby hour.Key descending
        select (DateTimeOffset.FromUnixTimeSeconds(hour.Key * 3600), Series.Select(series => hour.Sum(place => series.Values[place])).ToArray());

    /// <summary>The outline of a series as the path of an SVG: bars, of which equal neighbors are one.</summary>
    public string Path(ChartSeries series)
    {
        var path = new StringBuilder($"M0 {Height}");
        var before = 0L;
        foreach (var (place, value) in series.Values.Index())
        {
            if (value != before)
            {
                path.Append(CultureInfo.InvariantCulture, $"H{place}V{Height - ((double)value / Max * Height):0.##}");
                before = value;
            }
        }

        return path.Append(CultureInfo.InvariantCulture, $"H{Width}V{Height}Z").ToString();
    }
}

/// <summary>The numbers of one kind.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<long> Values)
{
    public long Sum => Values.Sum();
}
