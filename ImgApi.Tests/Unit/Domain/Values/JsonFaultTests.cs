using System.Text;
using System.Text.Json;

namespace ImgApi.Tests.Unit.Domain.Values;

[TestFixture]
internal sealed class JsonFaultTests
{
    [TestCase("", "the text is empty")]
    [TestCase(" \n ", "the text is empty")]
    [TestCase("{", "line 1, column 2: the text ends too early; a closing brace or bracket is missing")]
    [TestCase("{\"a", "line 1, column 4: the text ends too early")]
    [TestCase("{\"a\" 1}", "line 1, column 6: a colon was expected here")]
    [TestCase("{\"a\": 1\n \"b\": 2}", "line 2, column 2: a comma or a closing brace or bracket was expected here")]
    [TestCase("{\"a\": 1,}", "line 1, column 9: there is a comma after the last entry")]
    [TestCase("{a: 1}", "line 1, column 2: a name in double quotes was expected here")]
    [TestCase("{\"ä\": b}", "line 1, column 7: a value was expected here; texts stand in double quotes")]
    [TestCase("{\"a\": tru}", "line 1, column 10: only true, false and null are written without quotes")]
    [TestCase("{\"a\": 08}", "line 1, column 8: a number must not begin with a zero")]
    [TestCase("{\"a\": 80x}", "line 1, column 9: this is not a number")]
    [TestCase("{\"a\": -x}", "line 1, column 8: this is not a number")]
    [TestCase("{\"a\": \"C:\\x\"}", "line 1, column 11: a backslash in a text begins an escape; write \\\\ for the backslash itself")]
    [TestCase("{\"a\": \"\\u00zz\"}", "line 1, column 12: \\u is followed by four hexadecimal digits")]
    [TestCase("{\"a\": \"b\nc\"}", "line 1, column 9: a line break or control character within a text; write it as an escape, such as \\n")]
    [TestCase("{} x", "line 1, column 4: nothing may follow the end of the object")]
    [TestCase("[[[[]]]]", "line 1, column 4: objects and lists are nested too deeply")]
    public void A_JSON_fault_is_described_by_line_column_and_reason(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var fault = Assert.Catch<JsonException>(() => JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 3 }));
        Assert.That(JsonFault.Describe(bytes, fault!), Is.EqualTo(expected));
    }
}
