using ImgApi.Api.Observability;
using ImgApi.Api.Web.Server;

namespace ImgApi.Tests.Unit.Api.Web;

[TestFixture]
internal sealed class ChartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static TrafficInterval[] Intervals(params long[] requests) =>
        [.. requests.Select((count, place) => new TrafficInterval(Noon.AddMinutes(5 * place), Requests: count, Sent: 1024 * count))];

    [TestCase(0, 10)]
    [TestCase(10, 10)]
    [TestCase(11, 20)]
    [TestCase(21, 50)]
    [TestCase(51, 100)]
    [TestCase(100_001, 200_000)]
    public void The_top_of_a_picture_of_numbers_is_round(long highest, long top) =>
        Assert.That(TrafficCharts.Of(Intervals(highest, 0))[0].Max, Is.EqualTo(top));

    [TestCase(0, "1 KiB")]
    [TestCase(3, "4 KiB")]
    [TestCase(1500, "2 MiB")]
    public void The_top_of_a_picture_of_bytes_is_a_power_of_two(long kibibytes, string top)
    {
        var chart = TrafficCharts.Of(Intervals(kibibytes))[1];
        Assert.That(chart.Format(chart.Max), Is.EqualTo(top));
    }

    [Test]
    public void The_path_of_a_series_has_a_bar_for_each_value_that_differs_from_the_one_before()
    {
        var chart = TrafficCharts.Of(Intervals(0, 5, 5, 10))[0];
        Assert.That(chart.Path(chart.Series[0]), Is.EqualTo("M0 100H1V50H3V0H4V100Z"));
    }

    [Test]
    public void The_table_adds_up_the_values_of_each_hour_and_begins_with_the_latest()
    {
        var hours = TrafficCharts.Of(Intervals([.. Enumerable.Repeat(1L, 12), 7]))[0].Hours;
        Assert.That(hours.Select(hour => (hour.Hour, hour.Sums[0])), Is.EqualTo(new[] { (Noon.AddHours(1), 7L), (Noon, 12L) }));
    }
}
