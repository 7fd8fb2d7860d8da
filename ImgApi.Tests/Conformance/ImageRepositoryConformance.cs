using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <summary>What <see cref="IImageRepository"/> promises. Every implementation has a fixture that inherits this one.</summary>
internal abstract class ImageRepositoryContract
{
    protected abstract IImageRepository Repository { get; }

    /// <summary>Closes the repository and opens it again over what it has kept.</summary>
    protected abstract void Reopen();

    private Task<Image> AddAsync(ImageBuilder builder) => AddAsync(builder.Build());

    private Task<Image> AddAsync(Image image) => Repository.AddAsync(image, WriteConditions.None, CancellationToken.None);

    private Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions? conditions = null) =>
        Repository.TryReplaceAsync(before, after, conditions ?? WriteConditions.None, CancellationToken.None);

    private Task<bool> TryRemoveAsync(Image image, WriteConditions? conditions = null) =>
        Repository.TryRemoveAsync(image, conditions ?? WriteConditions.None, CancellationToken.None);

    private static Image Renamed(Image image, string name) =>
        image.Update(new ImageChange(image.Uuid, image.Details with { Name = name }, image.Label, image.File));

    private static Image Moved(Image image, Uuid to) => image.Update(new ImageChange(to, image.Details, image.Label, image.File));

    private static Image Rebased(Image image, Uuid? origin) =>
        image.Update(new ImageChange(image.Uuid, image.Details with { Origin = origin }, image.Label, image.File));

    private ValueTask<Image?> FindAsync(Uuid uuid) => Repository.FindAsync(uuid, CancellationToken.None);

    [Test]
    public async Task An_added_image_is_found()
    {
        var image = await AddAsync(new ImageBuilder());
        Assert.That(await FindAsync(image.Uuid), Is.SameAs(image));
    }

    [Test]
    public async Task An_added_image_is_found_after_reopening()
    {
        var image = await AddAsync(new ImageBuilder().Named("kept"));
        Reopen();
        Assert.That((await FindAsync(image.Uuid))?.Details.Name, Is.EqualTo("kept"));
    }

    [Test]
    public async Task An_unknown_image_is_null() => Assert.That(await FindAsync(Uuid.New()), Is.Null);

    [Test]
    public async Task An_addition_with_a_uuid_in_use_is_refused_for_that_before_its_conditions()
    {
        var image = await AddAsync(new ImageBuilder());
        var again = new ImageBuilder().WithUuid(image.Uuid).WithOrigin(Uuid.New()).Build();
        var refusal = await Refusal.Of(() => Repository.AddAsync(again, WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
    }

    [Test]
    public async Task A_refused_addition_leaves_nothing()
    {
        var image = new ImageBuilder().WithOrigin(Uuid.New()).Build();
        await Refusal.Of(() => Repository.AddAsync(image, WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        await AddAsync(image);
    }

    [Test]
    public async Task A_replacement_is_returned_as_it_is_found()
    {
        var image = await AddAsync(new ImageBuilder().Named("old"));
        var stored = await TryReplaceAsync(image, Renamed(image, "new"));
        Assert.That(await FindAsync(image.Uuid), Is.SameAs(stored));
    }

    [Test]
    public async Task A_replacement_is_found_after_reopening()
    {
        var image = await AddAsync(new ImageBuilder().Named("old"));
        await TryReplaceAsync(image, Renamed(image, "new"));
        Reopen();
        Assert.That((await FindAsync(image.Uuid))?.Details.Name, Is.EqualTo("new"));
    }

    [Test]
    public async Task An_image_that_was_changed_since_it_was_read_is_not_replaced()
    {
        var image = await AddAsync(new ImageBuilder().Named("first"));
        var second = await TryReplaceAsync(image, Renamed(image, "second"));
        Assert.That(await TryReplaceAsync(image, Renamed(image, "third")), Is.Null);
        Assert.That(await FindAsync(image.Uuid), Is.SameAs(second));
    }

    [Test]
    public async Task An_image_that_was_removed_since_it_was_read_is_neither_replaced_nor_removed()
    {
        var image = await AddAsync(new ImageBuilder());
        await TryRemoveAsync(image);
        Assert.That(await TryReplaceAsync(image, Renamed(image, "late")), Is.Null);
        Assert.That(await TryRemoveAsync(image), Is.False);
    }

    [Test]
    public async Task An_image_that_was_removed_and_added_again_is_not_the_one_that_was_read()
    {
        var image = await AddAsync(new ImageBuilder());
        await TryRemoveAsync(image);
        await AddAsync(image);
        Assert.That(await TryRemoveAsync(image), Is.False);
    }

    [Test]
    public async Task An_image_that_was_changed_since_it_was_read_is_not_removed()
    {
        var image = await AddAsync(new ImageBuilder());
        await TryReplaceAsync(image, Renamed(image, "changed"));
        Assert.That(await TryRemoveAsync(image), Is.False);
        Assert.That(await FindAsync(image.Uuid), Is.Not.Null);
    }

    [Test]
    public async Task Every_write_gives_the_image_a_higher_revision_also_after_a_removal()
    {
        var first = await AddAsync(new ImageBuilder());
        var second = await TryReplaceAsync(first, Renamed(first, "second"));
        await TryRemoveAsync(second!);
        var third = await AddAsync(first);
        Assert.That(new[] { first.Revision, second!.Revision, third.Revision }, Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public async Task A_list_has_a_higher_revision_after_every_write_and_the_same_one_between_writes()
    {
        var image = await AddAsync(new ImageBuilder());
        var (before, again) = (await RevisionAsync(), await RevisionAsync());
        await TryReplaceAsync(image, Renamed(image, "next"));
        Assert.That(again, Is.EqualTo(before));
        Assert.That(await RevisionAsync(), Is.GreaterThan(before));

        async Task<long> RevisionAsync() => (await Repository.QueryAsync(new ImageQuery(), CancellationToken.None)).Revision;
    }

    [Test]
    public async Task A_removed_image_is_gone()
    {
        var image = await AddAsync(new ImageBuilder());
        Assert.That(await TryRemoveAsync(image), Is.True);
        Assert.That(await FindAsync(image.Uuid), Is.Null);
    }

    [Test]
    public async Task A_removed_image_is_gone_after_reopening_and_its_uuid_is_free()
    {
        var image = await AddAsync(new ImageBuilder());
        await TryRemoveAsync(image);
        Reopen();
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        await AddAsync(image);
        Assert.That(await FindAsync(image.Uuid), Is.Not.Null);
    }

    [Test]
    public async Task A_change_of_the_uuid_moves_the_image()
    {
        var image = await AddAsync(new ImageBuilder().Named("moving"));
        var to = Uuid.New();
        await TryReplaceAsync(image, Moved(image, to));
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        Reopen();
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        Assert.That((await FindAsync(to))?.Details.Name, Is.EqualTo("moving"));
    }

    [Test]
    public async Task A_move_to_a_uuid_in_use_is_refused()
    {
        var image = await AddAsync(new ImageBuilder());
        var other = await AddAsync(new ImageBuilder());
        var refusal = await Refusal.Of(() => TryReplaceAsync(image, Moved(image, other.Uuid)));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
        Assert.That(await FindAsync(other.Uuid), Is.SameAs(other));
    }

    [Test]
    public async Task A_cancelled_write_does_not_happen()
    {
        var image = new ImageBuilder().Build();
        Assert.That(
            async () => await Repository.AddAsync(image, WriteConditions.None, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        await AddAsync(image);
    }

    [Test]
    public async Task Of_parallel_replacements_of_one_version_one_succeeds()
    {
        var image = await AddAsync(new ImageBuilder());
        var attempts = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TryReplaceAsync(image, Renamed(image, $"{number}"))));
        Assert.That(attempts.Count(stored => stored is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task Parallel_changes_of_one_image_lose_no_update()
    {
        var image = await AddAsync(new ImageBuilder());
        var accounts = Enumerable.Range(0, 50).Select(_ => Uuid.New()).ToArray();
        await Task.WhenAll(accounts.Select(account => Repository.ChangeAsync(
            image.Uuid, before => before.GrantAccess([account]), CancellationToken.None)));
        Assert.That((await FindAsync(image.Uuid))!.Details.Acl, Is.EquivalentTo(accounts));
        Reopen();
        Assert.That((await FindAsync(image.Uuid))!.Details.Acl, Is.EquivalentTo(accounts));
    }

    [Test]
    public async Task Only_one_of_many_parallel_additions_of_a_uuid_succeeds()
    {
        var uuid = Uuid.New();
        var attempts = Enumerable.Range(0, 10).Select(_ => SucceedsAsync(() => AddAsync(new ImageBuilder().WithUuid(uuid))));
        Assert.That((await Task.WhenAll(attempts)).Count(succeeded => succeeded), Is.EqualTo(1));
    }

    [Test]
    public async Task Reads_and_writes_of_other_images_go_on_while_a_change_is_worked_out()
    {
        var (slow, other) = (await AddAsync(new ImageBuilder()), await AddAsync(new ImageBuilder()));
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        var changing = Task.Run(() => Repository.ChangeAsync(slow.Uuid, Block, CancellationToken.None));
        await entered.WaitAsync();
        try
        {
            await Repository.ChangeAsync(other.Uuid, image => Renamed(image, "went on"), CancellationToken.None);
            var added = await AddAsync(new ImageBuilder().WithOrigin(slow.Uuid));
            await TryRemoveAsync(added);
            Assert.That((await FindAsync(other.Uuid))!.Details.Name, Is.EqualTo("went on"));
            Assert.That((await Repository.QueryAsync(new ImageQuery { State = StateFilter.All }, CancellationToken.None)).Images, Has.Count.EqualTo(2));
        }
        finally
        {
            leave.Set();
        }

        await changing;
        Assert.That((await FindAsync(slow.Uuid))!.Details.Name, Is.EqualTo("slow"));

        Image Block(Image image)
        {
            entered.Release();
            leave.Wait();
            return Renamed(image, "slow");
        }
    }

    [Test]
    public async Task An_image_is_settled_when_no_write_of_it_is_in_flight()
    {
        var image = await AddAsync(new ImageBuilder());
        Assert.That(await Repository.FindSettledAsync(image.Uuid, CancellationToken.None), Is.SameAs(image));
        var removal = TryRemoveAsync(image);
        Assert.That(await Repository.FindSettledAsync(image.Uuid, CancellationToken.None), Is.Null);
        await removal;
    }

    [Test]
    public async Task An_addition_without_its_origin_is_refused()
    {
        var refusal = await Refusal.Of(() => Repository.AddAsync(
            new ImageBuilder().WithOrigin(Uuid.New()).Build(), WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.OriginDoesNotExist));
    }

    [Test]
    public async Task An_image_cannot_be_based_on_itself_by_way_of_others()
    {
        var first = await AddAsync(new ImageBuilder());
        var second = await AddAsync(new ImageBuilder().WithOrigin(first.Uuid));
        var third = await AddAsync(new ImageBuilder().WithOrigin(second.Uuid));
        var refusal = await Refusal.Of(() => TryReplaceAsync(first, Rebased(first, third.Uuid), WriteConditions.UsableOrigin));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ValidationFailed));
    }

    [Test]
    public async Task A_removal_is_refused_while_other_images_are_based_on_the_image()
    {
        var origin = await AddAsync(new ImageBuilder());
        await AddAsync(new ImageBuilder().WithOrigin(origin.Uuid));
        var refusal = await Refusal.Of(() => TryRemoveAsync(origin, WriteConditions.Unused(channel: null)));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageHasDependentImages));
        Assert.That(await FindAsync(origin.Uuid), Is.SameAs(origin));
    }

    [Test]
    public async Task Dependents_in_other_channels_do_not_count_where_a_channel_is_named()
    {
        var origin = await AddAsync(new ImageBuilder());
        await AddAsync(new ImageBuilder().WithOrigin(origin.Uuid).With(details => details with { Channels = ["dev"] }));
        await Refusal.Of(() => TryRemoveAsync(origin, WriteConditions.Unused("dev")));
        Assert.That(await TryRemoveAsync(origin, WriteConditions.Unused("release")), Is.True);
    }

    [Test]
    public async Task Dependents_are_named_in_the_order_of_their_uuids()
    {
        var origin = await AddAsync(new ImageBuilder());
        var second = await AddAsync(new ImageBuilder().WithUuid("b0000000-0000-4000-8000-000000000000").WithOrigin(origin.Uuid));
        var first = await AddAsync(new ImageBuilder().WithUuid("a0000000-0000-4000-8000-000000000000").WithOrigin(origin.Uuid));
        var refusal = await Refusal.Of(() => TryRemoveAsync(origin, WriteConditions.Unused(channel: null)));
        Assert.That(refusal.Message, Does.EndWith($": {first.Uuid}, {second.Uuid}"));
    }

    [Test]
    public async Task An_origin_cannot_vanish_while_an_increment_is_added()
    {
        for (var round = 0; round < 30; round++)
        {
            var origin = await AddAsync(new ImageBuilder());
            var child = new ImageBuilder().WithOrigin(origin.Uuid).Build();
            await Task.WhenAll(
                SucceedsAsync(() => Repository.AddAsync(child, WriteConditions.UsableOrigin, CancellationToken.None)),
                SucceedsAsync(() => TryRemoveAsync(origin, WriteConditions.Unused(channel: null))));
            var isOrphan = await FindAsync(child.Uuid) is not null && await FindAsync(origin.Uuid) is null;
            Assert.That(isOrphan, Is.False);
        }
    }

    private static async Task<bool> SucceedsAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (ImgApiException)
        {
            return false;
        }
    }
}
