using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <content>The conditions of writes on other images.</content>
internal abstract partial class ImageRepositoryConformance
{
    [Test]
    public async Task The_addition_of_an_image_whose_origin_does_not_exist_is_refused()
    {
        var refusal = await Refusal.Of(() => Repository.AddAsync(
            new ImageBuilder().WithOrigin(Uuid.New()).Build(), WriteConditions.UsableOrigin, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.OriginDoesNotExist));
    }

    [Test]
    public async Task A_change_that_would_base_an_image_on_itself_is_refused()
    {
        var first = await AddAsync(new ImageBuilder());
        var second = await AddAsync(new ImageBuilder().WithOrigin(first.Uuid));
        var third = await AddAsync(new ImageBuilder().WithOrigin(second.Uuid));
        var refusal = await Refusal.Of(() => TryReplaceAsync(first, Rebased(first, third.Uuid), WriteConditions.UsableOrigin));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ValidationFailed));
    }

    [Test]
    public async Task The_removal_of_an_image_with_dependents_is_refused()
    {
        var origin = await AddAsync(new ImageBuilder());
        await AddAsync(new ImageBuilder().WithOrigin(origin.Uuid));
        var refusal = await Refusal.Of(() => TryRemoveAsync(origin, WriteConditions.Unused(channel: null)));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageHasDependentImages));
        Assert.That(await FindAsync(origin.Uuid), Is.SameAs(origin));
    }

    [Test]
    public async Task A_removal_is_refused_for_dependents_in_the_channel_of_the_condition()
    {
        var origin = await AddAsync(new ImageBuilder());
        await AddAsync(new ImageBuilder().WithOrigin(origin.Uuid).With(details => details with { Channels = ["dev"] }));
        var refusal = await Refusal.Of(() => TryRemoveAsync(origin, WriteConditions.Unused("dev")));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ImageHasDependentImages));
    }

    [Test]
    public async Task A_removal_is_not_refused_for_dependents_in_other_channels_than_the_condition()
    {
        var origin = await AddAsync(new ImageBuilder());
        await AddAsync(new ImageBuilder().WithOrigin(origin.Uuid).With(details => details with { Channels = ["dev"] }));
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
    public async Task An_origin_is_not_removed_while_a_dependent_is_added()
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
