using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Infrastructure.Contracts;

/// <summary>What <see cref="IImageRepository"/> promises. Every implementation has a fixture that inherits this one.</summary>
internal abstract class ImageRepositoryContract
{
    protected abstract IImageRepository Repository { get; }

    /// <summary>Closes the repository and opens it again over what it has kept.</summary>
    protected abstract void Reopen();

    private static void Allow(ICatalogueView view)
    {
    }

    private static void Allow(Image image, ICatalogueView view)
    {
    }

    private async Task<Image> Added(ImageBuilder builder)
    {
        var image = builder.Build();
        await Repository.AddAsync(image, Allow, CancellationToken.None);
        return image;
    }

    private Task<Image> Rename(Uuid uuid, string name) => Repository.ChangeAsync(
        uuid, (image, _) => Renamed(image, name), CancellationToken.None);

    private static Image Renamed(Image image, string name) =>
        image.Update(new ImageChange(image.Uuid, image.Details with { Name = name }, image.Label, image.File));

    private static Image Moved(Image image, Uuid to) => image.Update(new ImageChange(to, image.Details, image.Label, image.File));

    private ValueTask<Image?> Find(Uuid uuid) => Repository.FindAsync(uuid, CancellationToken.None);

    [Test]
    public async Task An_added_image_is_found_also_after_reopening()
    {
        var image = await Added(new ImageBuilder().Named("kept"));
        Assert.That(await Find(image.Uuid), Is.SameAs(image));
        Reopen();
        Assert.That((await Find(image.Uuid))?.Details.Name, Is.EqualTo("kept"));
    }

    [Test]
    public async Task An_unknown_image_is_null() => Assert.That(await Find(Uuid.New()), Is.Null);

    [Test]
    public async Task A_uuid_in_use_is_refused_before_the_guard_is_asked()
    {
        var image = await Added(new ImageBuilder());
        var refusal = await Refusal.Of(() => Repository.AddAsync(image, _ => Assert.Fail("The guard was asked."), CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
    }

    [Test]
    public async Task What_a_guard_throws_comes_through_and_nothing_happened()
    {
        var image = new ImageBuilder().Build();
        Assert.That(
            async () => await Repository.AddAsync(image, _ => throw new TimeoutException(), CancellationToken.None),
            Throws.TypeOf<TimeoutException>());
        Assert.That(await Find(image.Uuid), Is.Null);
        await Repository.AddAsync(image, Allow, CancellationToken.None);

        Assert.That(
            async () => await Repository.ChangeAsync(image.Uuid, (_, _) => throw new TimeoutException(), CancellationToken.None),
            Throws.TypeOf<TimeoutException>());
        Assert.That(
            async () => await Repository.RemoveAsync(image.Uuid, (_, _) => throw new TimeoutException(), CancellationToken.None),
            Throws.TypeOf<TimeoutException>());
        Assert.That(await Find(image.Uuid), Is.SameAs(image));
    }

    [Test]
    public async Task A_change_is_returned_and_found_also_after_reopening()
    {
        var image = await Added(new ImageBuilder().Named("old"));
        var changed = await Rename(image.Uuid, "new");
        Assert.That(await Find(image.Uuid), Is.SameAs(changed));
        Reopen();
        Assert.That((await Find(image.Uuid))?.Details.Name, Is.EqualTo("new"));
    }

    [Test]
    public async Task Changing_or_removing_an_unknown_image_is_not_found()
    {
        var unknown = Uuid.New();
        var change = await Refusal.Of(() => Rename(unknown, "new"));
        var removal = await Refusal.Of(() => Repository.RemoveAsync(unknown, Allow, CancellationToken.None));
        Assert.That(change.Message, Is.EqualTo($"image {unknown} not found"));
        Assert.That(removal.Code, Is.EqualTo(ErrorCode.ResourceNotFound));
    }

    [Test]
    public async Task A_removed_image_is_gone_also_after_reopening_and_its_uuid_is_free()
    {
        var image = await Added(new ImageBuilder());
        await Repository.RemoveAsync(image.Uuid, Allow, CancellationToken.None);
        Assert.That(await Find(image.Uuid), Is.Null);
        Reopen();
        Assert.That(await Find(image.Uuid), Is.Null);
        await Repository.AddAsync(image, Allow, CancellationToken.None);
        Assert.That(await Find(image.Uuid), Is.Not.Null);
    }

    [Test]
    public async Task A_change_of_the_uuid_moves_the_image()
    {
        var image = await Added(new ImageBuilder().Named("moving"));
        var to = Uuid.New();
        await Repository.ChangeAsync(image.Uuid, (before, _) => Moved(before, to), CancellationToken.None);
        Assert.That(await Find(image.Uuid), Is.Null);
        Reopen();
        Assert.That(await Find(image.Uuid), Is.Null);
        Assert.That((await Find(to))?.Details.Name, Is.EqualTo("moving"));
    }

    [Test]
    public async Task A_move_to_a_uuid_in_use_is_refused()
    {
        var image = await Added(new ImageBuilder());
        var other = await Added(new ImageBuilder());
        var refusal = await Refusal.Of(() => Repository.ChangeAsync(image.Uuid, (before, _) => Moved(before, other.Uuid), CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
        Assert.That(await Find(other.Uuid), Is.SameAs(other));
    }

    [Test]
    public async Task A_cancelled_write_does_not_happen()
    {
        var image = new ImageBuilder().Build();
        Assert.That(
            async () => await Repository.AddAsync(image, Allow, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Find(image.Uuid), Is.Null);
        await Repository.AddAsync(image, Allow, CancellationToken.None);
    }

    [Test]
    public async Task Parallel_changes_of_one_image_lose_no_update()
    {
        var image = await Added(new ImageBuilder());
        var accounts = Enumerable.Range(0, 50).Select(_ => Uuid.New()).ToArray();
        await Task.WhenAll(accounts.Select(account => Repository.ChangeAsync(
            image.Uuid, (before, _) => before.GrantAccess([account]), CancellationToken.None)));
        Assert.That((await Find(image.Uuid))!.Details.Acl, Is.EquivalentTo(accounts));
        Reopen();
        Assert.That((await Find(image.Uuid))!.Details.Acl, Is.EquivalentTo(accounts));
    }

    [Test]
    public async Task Only_one_of_many_parallel_additions_of_a_uuid_succeeds()
    {
        var uuid = Uuid.New();
        var attempts = Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await Repository.AddAsync(new ImageBuilder().WithUuid(uuid).Build(), Allow, CancellationToken.None);
                return true;
            }
            catch (ImgApiException)
            {
                return false;
            }
        });
        Assert.That((await Task.WhenAll(attempts)).Count(succeeded => succeeded), Is.EqualTo(1));
    }

    [Test]
    public async Task An_origin_cannot_vanish_while_an_increment_is_added()
    {
        for (var round = 0; round < 30; round++)
        {
            var origin = await Added(new ImageBuilder());
            var child = new ImageBuilder().WithOrigin(origin.Uuid).Build();
            await Task.WhenAll(
                Attempt(() => Repository.AddAsync(child, view => Refuse(view.Find(origin.Uuid) is null), CancellationToken.None)),
                Attempt(() => Repository.RemoveAsync(
                    origin.Uuid, (image, view) => Refuse(view.DependentsOf(image.Uuid).Count > 0), CancellationToken.None)));
            var isOrphan = await Find(child.Uuid) is not null && await Find(origin.Uuid) is null;
            Assert.That(isOrphan, Is.False);
        }

        static void Refuse(bool condition)
        {
            if (condition)
            {
                throw new TimeoutException();
            }
        }

        static async Task Attempt(Func<Task> write)
        {
            try
            {
                await write();
            }
            catch (TimeoutException)
            {
                // Which of the two is refused does not matter.
            }
        }
    }

    [Test]
    public async Task Dependents_come_in_the_order_of_their_uuids()
    {
        var origin = Uuid.New();
        var second = await Added(new ImageBuilder().WithUuid("b0000000-0000-4000-8000-000000000000").WithOrigin(origin));
        var first = await Added(new ImageBuilder().WithUuid("a0000000-0000-4000-8000-000000000000").WithOrigin(origin));
        await Added(new ImageBuilder());
        IReadOnlyList<Image> dependents = [];
        await Repository.ChangeAsync(first.Uuid, (image, view) => Seen(image, view), CancellationToken.None);
        Assert.That(dependents, Is.EqualTo(new[] { first, second }));

        Image Seen(Image image, ICatalogueView view)
        {
            dependents = view.DependentsOf(origin);
            return image;
        }
    }
}
