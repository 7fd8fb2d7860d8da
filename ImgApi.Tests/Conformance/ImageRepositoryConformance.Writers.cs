using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <content>Several writers: versions, revisions and writes in flight.</content>
internal abstract partial class ImageRepositoryConformance
{
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
    public async Task An_image_that_was_removed_and_added_again_since_it_was_read_is_not_removed()
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
    public async Task Each_write_of_an_image_raises_its_revision_even_after_a_removal()
    {
        var first = await AddAsync(new ImageBuilder());
        var second = await TryReplaceAsync(first, Renamed(first, "second"));
        await TryRemoveAsync(second!);
        var third = await AddAsync(first);
        Assert.That(new[] { first.Revision, second!.Revision, third.Revision }, Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public async Task Each_write_raises_the_revision_of_lists()
    {
        var image = await AddAsync(new ImageBuilder());
        var (before, again) = (await RevisionAsync(), await RevisionAsync());
        await TryReplaceAsync(image, Renamed(image, "next"));
        Assert.That(again, Is.EqualTo(before));
        Assert.That(await RevisionAsync(), Is.GreaterThan(before));

        async Task<long> RevisionAsync() => (await Repository.QueryAsync(new ImageQuery(), CancellationToken.None)).Revision;
    }

    [Test]
    public async Task A_canceled_addition_adds_nothing()
    {
        var image = new ImageBuilder().Build();
        Assert.That(
            async () => await Repository.AddAsync(image, WriteConditions.None, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        await AddAsync(image);
    }

    [Test]
    public async Task One_of_many_parallel_replacements_of_a_revision_succeeds()
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
    public async Task One_of_many_parallel_additions_of_a_uuid_succeeds()
    {
        var uuid = Uuid.New();
        var attempts = Enumerable.Range(0, 10).Select(_ => SucceedsAsync(() => AddAsync(new ImageBuilder().WithUuid(uuid))));
        Assert.That((await Task.WhenAll(attempts)).Count(succeeded => succeeded), Is.EqualTo(1));
    }

    [Test]
    public async Task A_change_that_takes_long_does_not_block_reads_and_writes_of_other_images()
    {
        var (slow, other) = (await AddAsync(new ImageBuilder()), await AddAsync(new ImageBuilder()));
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        var changing = Task.Run(() => Repository.ChangeAsync(slow.Uuid, Block, CancellationToken.None));
        await entered.WaitAsync();
        try
        {
            await Repository.ChangeAsync(other.Uuid, image => Renamed(image, "changed"), CancellationToken.None);
            var added = await AddAsync(new ImageBuilder().WithOrigin(slow.Uuid));
            await TryRemoveAsync(added);
            Assert.That((await FindAsync(other.Uuid))!.Details.Name, Is.EqualTo("changed"));
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
    public async Task A_settled_read_waits_for_writes_of_the_image_in_flight()
    {
        var image = await AddAsync(new ImageBuilder());
        Assert.That(await Repository.FindSettledAsync(image.Uuid, CancellationToken.None), Is.SameAs(image));
        var removal = TryRemoveAsync(image);
        Assert.That(await Repository.FindSettledAsync(image.Uuid, CancellationToken.None), Is.Null);
        await removal;
    }
}
