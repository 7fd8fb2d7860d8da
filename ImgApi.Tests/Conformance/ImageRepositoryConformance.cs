using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <summary>The guarantees of <see cref="IImageRepository"/>. Each implementation has a fixture that inherits this one.</summary>
internal abstract partial class ImageRepositoryConformance
{
    protected abstract IImageRepository Repository { get; }

    /// <summary>Closes the repository and opens it again over the same data.</summary>
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
    public async Task A_uuid_in_use_is_reported_before_the_conditions_of_an_addition()
    {
        var image = await AddAsync(new ImageBuilder());
        var again = new ImageBuilder().WithUuid(image.Uuid).WithOrigin(Uuid.New()).Build();
        var refusal = await Refusal.Of(() => Repository.AddAsync(again, WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
    }

    [Test]
    public async Task A_refused_addition_adds_nothing()
    {
        var image = new ImageBuilder().WithOrigin(Uuid.New()).Build();
        await Refusal.Of(() => Repository.AddAsync(image, WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        await AddAsync(image);
    }

    [Test]
    public async Task A_replacement_returns_the_image_that_is_found_afterwards()
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
    public async Task An_image_whose_uuid_was_changed_is_found_under_the_new_uuid_only()
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
    public async Task A_change_to_a_uuid_in_use_is_refused()
    {
        var image = await AddAsync(new ImageBuilder());
        var other = await AddAsync(new ImageBuilder());
        var refusal = await Refusal.Of(() => TryReplaceAsync(image, Moved(image, other.Uuid)));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageUuidAlreadyExists));
        Assert.That(await FindAsync(other.Uuid), Is.SameAs(other));
    }
}
