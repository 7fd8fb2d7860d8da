using System.Buffers;
using System.Text;
using ImgApi.Api.Mapping;

namespace ImgApi.Tests.Api.Mapping;

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
        Array.ForEach(texts, text => ListJson.WriteItem(whole, text, isFirst: whole.WrittenCount == 0));
        ListJson.WriteEnd(whole, isEmpty: texts.Length == 0);
        Assert.That(Encoding.UTF8.GetString(whole.WrittenSpan), Is.EqualTo(expected));
        Assert.That(ListJson.LengthOfAll(texts.Sum(text => ListJson.LengthOf(text)), texts.Length), Is.EqualTo(expected.Length));
    }
}
