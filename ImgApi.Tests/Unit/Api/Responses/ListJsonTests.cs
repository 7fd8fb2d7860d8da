using System.Buffers;
using System.Text;
using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

[TestFixture]
internal sealed class ListJsonTests
{
    [TestCase(new string[0], "[]")]
    [TestCase(new[] { "{}" }, "[\n  {}\n]")]
    [TestCase(new[] { "{\n  \"a\": 1\n}", "{}" }, "[\n  {\n    \"a\": 1\n  },\n  {}\n]")]
    public void Items_are_indented_once_more(string[] items, string expected)
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
        Assert.That(ListJson.LengthOfAll(texts.Sum(text => ListJson.LengthOf(text)), texts.Length), Is.EqualTo(expected.Length));
    }

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
