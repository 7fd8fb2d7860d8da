using ImgApi.Domain.Audit;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.Audit;

[TestFixture]
internal sealed class AuditQueryTests
{
    private static readonly Uuid Image = Uuid.New();

    private AuditFolder _audit = null!;

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        _audit = new AuditFolder();
        await _audit.Log.AppendAsync(AuditFolder.Event("first") with { Image = Image });
        await _audit.Log.AppendAsync(AuditFolder.Event("second") with { User = "zoë \"x\"" });
        _audit.Clock.Advance(TimeSpan.FromDays(2));
        await _audit.Log.AppendAsync(AuditFolder.Event("third") with { Image = Uuid.New() });
        await _audit.Log.AppendAsync(AuditFolder.Event("fourth") with { Image = Image, User = "first" });
    }

    [OneTimeTearDown]
    public void Delete() => _audit.Dispose();

    private static IEnumerable<TestCaseData> Queries =>
    [
        new TestCaseData(new AuditQuery(), new[] { "fourth", "third", "second", "first", "StartServer" }).SetArgDisplayNames("all"),
        new TestCaseData(new AuditQuery { Image = Image }, new[] { "fourth", "first" }).SetArgDisplayNames("image"),
        new TestCaseData(new AuditQuery { User = "joe" }, new[] { "third", "first" }).SetArgDisplayNames("user"),
        new TestCaseData(new AuditQuery { User = "zoë \"x\"" }, new[] { "second" }).SetArgDisplayNames("user with special characters"),
        new TestCaseData(new AuditQuery { Action = "first" }, new[] { "first" }).SetArgDisplayNames("action"),
        new TestCaseData(new AuditQuery { Since = AuditFolder.Now.AddDays(1) }, new[] { "fourth", "third" }).SetArgDisplayNames("since"),
        new TestCaseData(new AuditQuery { Limit = 2 }, new[] { "fourth", "third" }).SetArgDisplayNames("limit"),
        new TestCaseData(new AuditQuery { Before = 4 }, new[] { "second", "first", "StartServer" }).SetArgDisplayNames("marker"),
        new TestCaseData(new AuditQuery { Image = Image, User = "first" }, new[] { "fourth" }).SetArgDisplayNames("image and user"),
        new TestCaseData(new AuditQuery { User = "nobody" }, Array.Empty<string>()).SetArgDisplayNames("nothing"),
    ];

    [TestCaseSource(nameof(Queries))]
    public async Task Exactly_the_matching_events_are_read_the_newest_first(AuditQuery query, string[] actions) =>
        Assert.That((await _audit.ReadAsync(query)).Select(one => one.Action), Is.EqualTo(actions));
}
