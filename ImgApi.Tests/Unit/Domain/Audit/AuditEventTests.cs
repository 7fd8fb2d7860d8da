using ImgApi.Domain.Audit;

namespace ImgApi.Tests.Unit.Domain.Audit;

[TestFixture]
internal sealed class AuditEventTests
{
    private static readonly AuditEvent Request = AuditEvent.By(new Cause("Test", Address: "127.0.0.1"));
    private static readonly IReadOnlyDictionary<string, FieldChange>? Length = FieldChange.Of(("length", null, "1"));
    private static readonly AuditEvent Begin = Request with { Subject = "upload", Changed = Length };

    private static readonly TestCaseData[] Events =
    [
        new TestCaseData(Begin, false).SetArgDisplayNames("the begin of an upload"),
        new TestCaseData(Begin with { Changed = null }, true).SetArgDisplayNames("the cancellation of an upload"),
        new TestCaseData(Begin with { Corrects = 1 }, true).SetArgDisplayNames("a correction"),
        new TestCaseData(Request with { Name = "image", Manifest = "hash" }, false).SetArgDisplayNames("a change of an image"),
        new TestCaseData(Request with { Name = "image" }, true).SetArgDisplayNames("a removal of an image"),
        new TestCaseData(Request, false).SetArgDisplayNames("refused credentials"),
        new TestCaseData(AuditEvent.About("joe", "AddUser"), true).SetArgDisplayNames("a new user"),
    ];

    [TestCaseSource(nameof(Events))]
    public void On_a_full_disk_only_events_that_make_room_or_cannot_be_refused_are_recorded(AuditEvent one, bool mustFit) =>
        Assert.That(one.MustFit, Is.EqualTo(mustFit));
}
