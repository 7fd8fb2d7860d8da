using ImgApi.Domain.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>A start with an index finds the same images as a start without one.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CatalogueIndexTests : IDisposable
{
    private const int Count = 4;

    private readonly IndexedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task The_second_start_finds_the_same_images_in_the_index()
    {
        await _folder.AddAsync(Count);
        var first = await _folder.StartAsync();
        var second = await _folder.StartAsync();

        Assert.That(first.FromIndex, Is.Zero);
        Assert.That(second.FromIndex, Is.EqualTo(Count));
        Assert.That(second.Manifests, Is.EqualTo(first.Manifests));
        Assert.That(second.Report.Loaded, Is.EqualTo(Count));
        Assert.That(second.Lines, Has.Some.Contains($"{Count} of {Count} images came from the index"));
        Assert.That(second.Warnings, Is.Empty);
    }

    [Test]
    public async Task An_image_that_changed_a_moment_ago_is_not_entered_in_the_index()
    {
        await _folder.AddAsync(Count);
        await _folder.StartAsync(minAge: TimeSpan.FromDays(1));
        Assert.That(File.Exists(_folder.Index), Is.False);
        Assert.That((await _folder.StartAsync()).FromIndex, Is.Zero);
    }

    [Test]
    public async Task The_rules_of_the_server_apply_to_images_from_the_index()
    {
        var uuid = (await _folder.AddAsync(1)).Single().Uuid;
        Assert.That((await _folder.StartAsync(rules: new ServerRules(ServerMode.Private))).Manifests[uuid], Does.Contain("\"public\": false"));
        var second = await _folder.StartAsync(rules: new ServerRules(ServerMode.Public));
        Assert.That(second.FromIndex, Is.EqualTo(1));
        Assert.That(second.Manifests[uuid], Does.Contain("\"public\": true"));
        Assert.That((await _folder.StartAsync()).Manifests[uuid], Does.Contain("\"public\": false"), "as stored");
    }

    [Test]
    public async Task An_image_that_changed_since_the_last_start_is_read_again_and_entered()
    {
        var images = await _folder.AddAsync(Count);
        await _folder.StartAsync(provider => provider.GetRequiredService<IImageRepository>().ChangeAsync(
            images[0].Uuid, image => StoredImages.Renamed(image, "renamed"), CancellationToken.None));

        var second = await _folder.StartAsync();
        Assert.That(second.FromIndex, Is.EqualTo(Count - 1));
        Assert.That(second.Manifests[images[0].Uuid], Does.Contain("renamed"));
        Assert.That((await _folder.StartAsync()).FromIndex, Is.EqualTo(Count));
    }

    [Test]
    public async Task A_start_that_found_every_image_in_the_index_does_not_rewrite_it()
    {
        await _folder.AddAsync(Count);
        await _folder.StartAsync();
        File.SetLastWriteTimeUtc(_folder.Index, DateTime.UnixEpoch);
        await _folder.StartAsync();
        Assert.That(File.GetLastWriteTimeUtc(_folder.Index), Is.EqualTo(DateTime.UnixEpoch));
    }

    [TestCaseSource(typeof(FolderChanges), nameof(FolderChanges.Names))]
    public async Task A_change_while_no_server_runs_is_noticed(string change)
    {
        var uuids = (await _folder.AddAsync(Count)).Select(image => image.Uuid).ToArray();
        await _folder.StartAsync();
        var changed = FolderChanges.Apply(change, _folder, uuids);
        var start = await _folder.StartAsync();
        var expected = await _folder.StartWithoutIndexAsync();

        Assert.That(start.FromIndex, Is.EqualTo(Count - changed));
        Assert.That(start.Manifests, Is.EqualTo(expected.Manifests));
        Assert.That(start.Report.Broken, Is.EqualTo(expected.Report.Broken));
        Assert.That(start.Report.Missing, Is.EquivalentTo(expected.Report.Missing));
        Assert.That(File.Exists(_folder.Combine(uuids[0].ToString(), FolderChanges.Temporary)), Is.False);
    }
}
