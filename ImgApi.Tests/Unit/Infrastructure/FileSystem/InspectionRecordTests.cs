using System.Text;
using System.Text.Json;
using ImgApi.Domain.Contents;
using ImgApi.Infrastructure.FileSystem.Manifests;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>The result of a file's inspection, as <c>manifest.json</c> holds it.</summary>
[TestFixture]
internal sealed class InspectionRecordTests
{
    [Test]
    public void A_record_is_read_back_as_it_was_written()
    {
        var written = new InspectionResult(
            ContentFormat.Gzip, ContentFormat.ZfsStream, IsDamaged: true, new ZfsStreamHead(ZfsObjectSet.Volume, ulong.MaxValue, 1, HoldsSeveral: true));
        Assert.That(InspectionRecord.Read(Written(written)), Is.EqualTo(written));
    }

    [TestCase("99", TestName = "A_number_that_is_no_format_is_ignored")]
    [TestCase("-1", TestName = "A_negative_number_is_ignored_as_a_format")]
    [TestCase("1", TestName = "The_number_of_a_format_is_ignored")]
    [TestCase("GZIP", TestName = "A_format_in_upper_case_is_ignored")]
    public void A_record_with_an_unknown_format_is_ignored(string format) =>
        Assert.That(InspectionRecord.Read(JsonElement.Parse($$$"""{"seen":{"format":"{{{format}}}"}}""")), Is.Null);

    private static JsonElement Written(InspectionResult inspection)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            InspectionRecord.Write(writer, inspection);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
