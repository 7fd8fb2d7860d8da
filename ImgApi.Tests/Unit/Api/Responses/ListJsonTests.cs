using System.Buffers;
using System.Text;
using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

[TestFixture]
internal sealed class ListJsonTests
{
    private static readonly TestCaseData[] Lists =
    [
        new(Array.Empty<string>(), "[]"),
        new(new[] { "{}" }, "[\n  {}\n]"),
        new(new[] { "{\n  \"a\": 1\n}", "{}" }, "[\n  {\n    \"a\": 1\n  },\n  {}\n]"),
        new(new[] { "{\n  \"a\": \"two\\nlines\"\n}" }, "[\n  {\n    \"a\": \"two\\nlines\"\n  }\n]"),
    ];

    [TestCaseSource(nameof(Lists))]
    public void Items_are_indented_by_one_more_level(string[] items, string expected)
    {
        byte[][] texts = [.. items.Select(Encoding.UTF8.GetBytes)];
        var whole = new ArrayBufferWriter<byte>();
        foreach (var text in texts)
        {
            ListJson.WriteBefore(whole, isFirst: whole.WrittenCount == 0);
            ListJson.WritePart(whole, text);
        }

        ListJson.WriteEnd(whole, isEmpty: texts.Length == 0);
        Assert.That(Encoding.UTF8.GetString(whole.WrittenSpan), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Lists))]
    public void The_length_of_a_list_is_computed_from_its_items(string[] items, string expected) => Assert.That(
        ListJson.LengthOfAll(items.Sum(item => ListJson.LengthOf(Encoding.UTF8.GetBytes(item))), items.Length), Is.EqualTo(expected.Length));

    [Test]
    public void An_item_may_be_written_in_parts_that_end_anywhere([Range(0, 11)] int end)
    {
        var item = "{\n  \"a\": 1\n}"u8;
        var (whole, inParts) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        ListJson.WritePart(whole, item);
        ListJson.WritePart(inParts, item[..end]);
        ListJson.WritePart(inParts, item[end..]);
        Assert.That(inParts.WrittenSpan.ToArray(), Is.EqualTo(whole.WrittenSpan.ToArray()));
    }
}
