using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using ImgApi.Api.Json;
using ImgApi.Api.Responses;

namespace ImgApi.Tests.Unit.Api.Responses;

/// <summary>The Etag of a manifest is the hash of its compact form, which is made from the indented one.</summary>
[TestFixture]
internal sealed class EtagTests
{
    private static readonly Gen<string> Texts = Gen.Char["a \" \\ \n \t : , { } [ ] / é 🦊"].Array[0, 12].Select(characters => new string(characters));

    [TestCase("""{"a b":"c, d: e","f":[],"g":{},"h":[1,-2.50e3,true,null]}""")]
    [TestCase("""{"quote":"\" : \\","end":"\\"}""")]
    [TestCase("""[]""")]
    [TestCase(""" "a \" b" """)]
    public void The_Etag_is_the_hash_of_the_compact_JSON(string json) => Check(JsonDocument.Parse(json).RootElement);

    [Test]
    public void The_Etag_is_the_hash_of_the_compact_JSON_of_any_texts() =>
        Gen.Dictionary(Texts, Texts.Array[0, 3])[0, 5].Sample(values => Check(JsonSerializer.SerializeToElement(values)));

#pragma warning disable CA5350 // Required by the contract.
    private static void Check(JsonElement value) => Assert.That(
        new ManifestText(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Indented)).Etag,
        Is.EqualTo(Convert.ToHexStringLower(SHA1.HashData(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Compact)))));
}
