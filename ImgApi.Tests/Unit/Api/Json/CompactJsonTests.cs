using System.Text;
using System.Text.Json;
using CsCheck;
using ImgApi.Api.Json;

namespace ImgApi.Tests.Unit.Api.Json;

/// <summary>The compact form is made from the indented one, and has to be what the serialiser would make.</summary>
[TestFixture]
internal sealed class CompactJsonTests
{
    private static readonly Gen<string> Texts = Gen.Char["a \" \\ \n \t : , { } [ ] / é 🦊"].Array[0, 12].Select(characters => new string(characters));

    [TestCase("""{"a b":"c, d: e","f":[],"g":{},"h":[1,-2.50e3,true,null]}""")]
    [TestCase("""{"quote":"\" : \\","end":"\\"}""")]
    [TestCase("""[]""")]
    [TestCase(""" "a \" b" """)]
    public void It_is_what_the_serialiser_makes(string json) => Check(JsonDocument.Parse(json).RootElement);

    [Test]
    public void It_is_what_the_serialiser_makes_of_any_texts() =>
        Gen.Dictionary(Texts, Texts.Array[0, 3])[0, 5].Sample(values => Check(JsonSerializer.SerializeToElement(values)));

    private static void Check(JsonElement value) => Assert.That(
        Encoding.UTF8.GetString(CompactJson.Of(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Indented))),
        Is.EqualTo(JsonSerializer.Serialize(value, WireJson.Compact)));
}
