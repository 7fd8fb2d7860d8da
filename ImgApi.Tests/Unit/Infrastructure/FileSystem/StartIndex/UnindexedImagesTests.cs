namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>Images whose manifests alone do not describe them are not entered: they are read, and reported, at each start.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UnindexedImagesTests : IDisposable
{
    private const string Sha1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";
    private const string Own = "image-0123456789abcdef.gz";
    private const string Record = $$"""{ "file": { "content": "{{Own}}", "sha1": "{{Sha1}}", "modified": "2020-01-01T00:00:00.000Z" } }""";
    private const string Files = $$"""[{"sha1":"{{Sha1}}","size":5,"compression":"gzip"}]""";
    private const string Plain = $$"""{ "name": "x", "files": {{Files}}, "imgapi": {{Record}} }""";

    private readonly IndexedFolder _folder = new();
    private readonly Uuid _uuid = Uuid.New();

    public void Dispose() => _folder.Dispose();

    [TestCase(Plain, true, TestName = "An image that its manifest describes completely is entered")]
    [TestCase("""{"name":"x"}""", true, TestName = "An image without a file is entered")]
    [TestCase($$"""{"name":"x","uuid":"{{Sha1}}","files":{{Files}},"imgapi":{{Record}} }""", false, TestName = "An image with the UUID of another folder is not entered")]
    [TestCase($$"""{"name":"x","files":{{Files}},"imgapi":{{Record}},"mine":1}""", false, TestName = "An image with an unknown member is not entered")]
    [TestCase($$"""{"name":{},"files":{{Files}},"imgapi":{{Record}} }""", false, TestName = "An image with a value that cannot be used is not entered")]
    [TestCase($$"""{"name":"x","files":{{Files}} }""", false, TestName = "An image that has its file's time from the file is not entered")]
    [TestCase($$"""{"name":"x","files":[{"sha1":"{{Sha1}}"}],"imgapi":{{Record}} }""", false, TestName = "An image that has its file's size from the file is not entered")]
    [TestCase($$"""{"name":"x","state":"active","files":{{Files}},"imgapi":{{Record}} }""", false, TestName = "An image that has its publication date from the file is not entered")]
    [TestCase("""{"name":"x","icon":true,"imgapi":{}}""", false, TestName = "An image with an icon of trondn imgapi is not entered")]
    [TestCase("""{"name":"x","imgapi":{"superseded":["image.gz"]}}""", false, TestName = "An image with superseded content is not entered")]
    public async Task Only_an_image_that_its_manifest_describes_completely_is_entered(string manifest, bool isEntered)
    {
        Write(manifest);
        var first = await _folder.StartAsync();
        await _folder.StartAsync(); // the first start may have written facts to the folder
        var third = await _folder.StartAsync();

        Assert.That(third.FromIndex, Is.EqualTo(isEntered ? 1 : 0));
        Assert.That(third.Manifests, Is.EqualTo(first.Manifests).And.Count.EqualTo(1));
        Assert.That(third.Warnings, Is.EqualTo(first.Warnings));
    }

    [Test]
    public async Task Missing_content_is_reported_at_each_start()
    {
        Write(Plain);
        File.Delete(_folder.Combine(_uuid.ToString(), Own));
        var first = await _folder.StartAsync();
        var second = await _folder.StartAsync();
        Assert.That(second.FromIndex, Is.Zero);
        Assert.That(second.Report.Missing, Is.EqualTo(first.Report.Missing).And.Count.EqualTo(1));
        Assert.That(second.Warnings, Is.EqualTo(first.Warnings).And.Not.Empty);
    }

    [Test]
    public async Task A_broken_manifest_is_reported_at_each_start()
    {
        Write("{");
        var first = await _folder.StartAsync();
        Assert.That((await _folder.StartAsync()).Warnings, Is.EqualTo(first.Warnings).And.Not.Empty);
    }

    [Test]
    public async Task The_loss_of_linked_content_is_noticed_although_the_folder_did_not_change()
    {
        Write(Plain);
        File.Move(_folder.Combine(_uuid.ToString(), Own), _folder.Combine("elsewhere"));
        File.CreateSymbolicLink(_folder.Combine(_uuid.ToString(), Own), "../elsewhere");
        await _folder.StartAsync();
        File.Delete(_folder.Combine("elsewhere"));
        Assert.That((await _folder.StartAsync()).Report.Missing, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_link_whose_target_changes_is_noticed_although_the_folder_did_not_change()
    {
        Write(Plain);
        var elsewhere = Directory.CreateDirectory(_folder.Combine("elsewhere")).FullName;
        File.CreateSymbolicLink(_folder.Combine(_uuid.ToString(), "icon.png"), elsewhere);
        await _folder.StartAsync();
        Directory.Delete(elsewhere);
        File.WriteAllText(elsewhere, "hello");
        Assert.That((await _folder.StartAsync()).FromIndex, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_image_whose_folder_or_manifest_is_a_link_is_loaded_but_not_entered(bool isFolder)
    {
        Write(Plain);
        var path = isFolder ? _folder.Combine(_uuid.ToString()) : _folder.Manifest(_uuid);
        Directory.Move(path, _folder.Combine("elsewhere"));
        File.CreateSymbolicLink(path, _folder.Combine("elsewhere"));
        await _folder.StartAsync();
        var second = await _folder.StartAsync();
        Assert.That(second.Manifests, Has.Count.EqualTo(1));
        Assert.That(second.FromIndex, Is.Zero);
    }

    [TestCase(".imgapi-0123456789abcdef.tmp")]
    [TestCase("image-fedcba9876543210.gz")]
    public async Task A_folder_that_a_start_cleaned_up_is_read_again_by_the_next_start(string leftover)
    {
        Write(Plain);
        File.WriteAllText(_folder.Combine(_uuid.ToString(), leftover), "");
        Assert.That((await _folder.StartAsync()).Report.Repaired, Has.Count.EqualTo(1));
        Assert.That((await _folder.StartAsync()).FromIndex, Is.Zero);
        Assert.That((await _folder.StartAsync()).FromIndex, Is.EqualTo(1));
    }

    private void Write(string manifest)
    {
        Directory.CreateDirectory(_folder.Combine(_uuid.ToString()));
        File.WriteAllText(_folder.Manifest(_uuid), manifest);
        File.WriteAllText(_folder.Combine(_uuid.ToString(), manifest.Contains("\"files\"", StringComparison.Ordinal) ? Own : "readme.txt"), "hello");
        if (manifest.Contains("\"icon\":true", StringComparison.Ordinal))
        {
            File.WriteAllText(_folder.Combine(_uuid.ToString(), "icon.png"), "hello");
        }

        if (!manifest.Contains("\"imgapi\"", StringComparison.Ordinal) && manifest.Contains("files", StringComparison.Ordinal))
        {
            File.Move(_folder.Combine(_uuid.ToString(), Own), _folder.Combine(_uuid.ToString(), "image.gz"));
        }
    }
}
