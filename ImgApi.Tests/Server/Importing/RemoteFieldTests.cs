using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>The file entry of a manifest at a source: harmless spellings are accepted, and errors name the invalid field.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RemoteFieldTests : ImportFixture
{
    private static readonly byte[] File = [1, 2, 3];

    private ScriptedServer SourceWith(string entry) => new(exchange => exchange.IsForFile
        ? exchange.SendAsync("200 OK", File)
        : exchange.SendJsonAsync(ManifestOf(Chain.Base, $$""","files":[{{entry}}]""")));

    [Test]
    public async Task A_size_as_text_and_a_sha1_in_upper_case_are_accepted()
    {
        await using var source = SourceWith($$"""{"sha1":"{{ImageChain.Sha1(File).ToUpperInvariant()}}","size":"3","compression":"none"}""");
        Assert.That((await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address))).ErrorOf(), Is.Empty);
        var file = (await Admin.GetAnswerAsync($"/images/{Chain.Base}")).Json.GetProperty("files")[0];
        Assert.That(file.GetProperty("sha1").GetString(), Is.EqualTo(ImageChain.Sha1(File)));
        Assert.That(file.GetProperty("size").GetInt64(), Is.EqualTo(3));
    }

    [TestCase("""{"sha1":"x","size":3,"compression":"none"}""", "files[0].sha1")]
    [TestCase("""{"size":3,"compression":"none"}""", "files[0].sha1")]
    [TestCase("""{"sha1":"SHA","size":"many","compression":"none"}""", "files[0].size")]
    [TestCase("""{"sha1":"SHA","size":0,"compression":"none"}""", "files[0].size")]
    [TestCase("""{"sha1":"SHA","size":1.5,"compression":"none"}""", "files[0].size")]
    [TestCase("""{"sha1":"SHA","compression":"none"}""", "files[0].size")]
    [TestCase("""{"sha1":"SHA","size":3,"compression":"zip"}""", "files[0].compression")]
    [TestCase("""{"sha1":"SHA","size":3}""", "files[0].compression")]
    [TestCase("5", "files[0]")]
    [TestCase("", "files")]
    public async Task An_invalid_field_of_a_file_entry_is_named(string entry, string field)
    {
        await using var source = SourceWith(entry.Replace("SHA", ImageChain.Sha1(File), StringComparison.Ordinal));
        AssertOk(await Admin.ImportFromAsync(Chain.Base, source.Address));
        var answer = await Admin.FileFromAsync(Chain.Base, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Errors, Is.EqualTo(new[] { $"{field}:Invalid" }));
        Assert.That(answer.Message, Does.Contain(field == "files" ? "no file" : field));
    }

    [Test]
    public async Task A_source_that_is_not_a_url_is_an_invalid_field()
    {
        var answer = await Admin.ImportRemoteAsync(Chain.Base, "nowhere");
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Errors, Is.EqualTo(new[] { "source:Invalid" }));
    }
}
