using ImgApi.Domain.Audit;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.Audit;

/// <summary>The events of changes of images, and the store beside them.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ImageAuditTests : IDisposable
{
    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private IReadOnlyList<string> Problems() =>
        AuditVerification.Verify(_images.Folder.Path, null, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1))).Problems;

    private async Task<AuditEvent> LastAsync() => (await _images.Audit.ReadAsync(new AuditQuery { Limit = 1 }, CancellationToken.None))[0];

    [Test]
    public async Task Each_change_of_an_image_has_an_event_with_the_hash_of_its_manifest()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        await _images.RenameAsync(image.Uuid, "renamed");
        var moved = await _images.ChangeAsync(image.Uuid, one => StoredImages.Moved(one, Uuid.New()));
        await _images.RenameAsync(moved.Uuid, "again");
        var removed = await _images.AddAsync(new ImageBuilder());
        await _images.Repository.TryRemoveAsync(removed, WriteConditions.None, CancellationToken.None);
        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public async Task A_change_is_described_by_the_fields_that_differ()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("before"));
        await _images.RenameAsync(image.Uuid, "after");
        Assert.That((await LastAsync()).Changed, Is.EqualTo(new Dictionary<string, FieldChange> { ["name"] = new("before", "after") }));
    }

    [Test]
    public async Task A_long_value_is_cut()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        await _images.ChangeAsync(image.Uuid, one =>
            one.Update(new ImageChange(one.Uuid, one.Details with { Description = new string('x', 10_000) }, one.Label, one.File)));
        Assert.That((await LastAsync()).Changed!["description"].To, Is.EqualTo(new string('x', 512) + "..."));
    }

    [Test]
    public async Task A_change_names_its_cause()
    {
        Cause.Current = new Cause("PurgeEverything", "joe", "t1", "192.0.2.1", "r1");
        await _images.AddAsync(new ImageBuilder());
        Assert.That(await LastAsync(), Has.Property("Action").EqualTo("PurgeEverything").And.Property("User").EqualTo("joe")
            .And.Property("Token").EqualTo("t1").And.Property("Address").EqualTo("192.0.2.1").And.Property("Request").EqualTo("r1"));
    }

    [Test]
    public async Task A_manifest_that_another_program_changed_is_found()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        await File.AppendAllTextAsync(_images.PathOf(image.Uuid, "manifest.json"), " ");
        Assert.That(Problems(), Is.EqualTo(new[] { $"the manifest of image {image.Uuid} is not that of its last event, 2" }));
    }

    [Test]
    public async Task A_change_that_the_disk_refuses_is_corrected_by_a_second_event()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        Directory.Move(_images.PathOf(image.Uuid), _images.Folder.Combine("elsewhere"));
        await Refusal.Of(() => _images.RenameAsync(image.Uuid, "new"));
        Assert.That(await LastAsync(), Has.Property("Corrects").EqualTo(3L).And.Property("Image").EqualTo(image.Uuid));
    }

    /// <summary>Records events of changes which a killed process does not make any more.</summary>
    private async Task<AuditEvent[]> RestartAfterKillAsync(params AuditEvent[] events)
    {
        foreach (var one in events)
        {
            await _images.Audit.AppendAsync(one);
        }

        _images.Kill();
        return [.. (await _images.Audit.ReadAsync(new AuditQuery(), CancellationToken.None)).Where(one => one.Corrects is not null)];
    }

    [Test]
    public async Task The_event_of_a_change_before_which_the_process_was_killed_is_corrected_by_the_next_start()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        var corrections = await RestartAfterKillAsync(AuditEvent.Of(image, image.Disable()) with { Manifest = "of the next version" });
        Assert.That(corrections.Select(one => (one.Corrects, one.Image)), Is.EqualTo(new[] { ((long?)3, (Uuid?)image.Uuid) }));
    }

    [Test]
    public async Task The_event_of_a_removal_before_which_the_process_was_killed_is_corrected_by_the_next_start()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        Assert.That(await RestartAfterKillAsync(AuditEvent.Of(image, null)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_event_of_a_new_uuid_before_which_the_process_was_killed_is_corrected_by_the_next_start()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        var moved = StoredImages.Moved(image, Uuid.New());
        Assert.That(await RestartAfterKillAsync(AuditEvent.Of(image, moved) with { Manifest = "of the new uuid" }), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_events_of_changes_that_took_effect_are_not_corrected_after_a_kill()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        await _images.ChangeAsync(image.Uuid, one => StoredImages.Moved(one, Uuid.New()));
        var removed = await _images.AddAsync(new ImageBuilder());
        await _images.Repository.TryRemoveAsync(removed, WriteConditions.None, CancellationToken.None);
        Assert.That(await RestartAfterKillAsync(AuditFolder.Event() with { Image = image.Uuid }), Is.Empty);
    }

    [Test]
    public async Task A_manifest_that_was_edited_while_the_server_was_stopped_is_no_change_that_did_not_take_effect()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        _images.Restart(() => File.AppendAllText(_images.PathOf(image.Uuid, "manifest.json"), " "));
        Assert.That(await RestartAfterKillAsync(), Is.Empty);
    }
}
