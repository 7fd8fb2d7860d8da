using ImgApi.Domain.UseCases;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

[TestFixture]
internal sealed class ImageRemovalTests : UseCaseFixture
{
    private Task RemoveAsync(Uuid uuid, string? channel = null, bool everywhere = false, Action<Image>? guard = null) =>
        new ImageRemoval(Images).RemoveAsync(uuid, channel, everywhere, guard ?? Anyone, CancellationToken.None);

    private static ImageBuilder InChannels(params string[] channels) => new ImageBuilder().With(details => details with { Channels = channels });

    [Test]
    public async Task An_image_is_removed_with_its_content()
    {
        var image = await PublishAsync();
        await RemoveAsync(image.Uuid);
        Assert.That(await FindAsync(image.Uuid), Is.Null);
        using var reader = await Contents.OpenAsync(image.Uuid, image.File!.Content!.Value, CancellationToken.None);
        Assert.That(reader, Is.Null);
    }

    [Test]
    public async Task An_image_of_two_channels_is_removed_from_one_channel()
    {
        var uuid = (await AddAsync(InChannels("dev", "release"))).Uuid;
        await RemoveAsync(uuid, "dev");
        Assert.That((await FindAsync(uuid))!.Details.Channels, Is.EqualTo(new[] { "release" }));
    }

    [Test]
    public async Task An_image_of_two_channels_can_be_removed_everywhere()
    {
        var uuid = (await AddAsync(InChannels("dev", "release"))).Uuid;
        await RemoveAsync(uuid, "dev", everywhere: true);
        Assert.That(await FindAsync(uuid), Is.Null);
    }

    [Test]
    public async Task An_origin_of_other_images_is_not_removed()
    {
        var origin = (await AddAsync()).Uuid;
        await AddAsync(new ImageBuilder().WithOrigin(origin));
        await AssertRefusedAsync(() => RemoveAsync(origin), ErrorCode.ImageHasDependentImages);
    }

    [Test]
    public async Task An_image_whose_removal_the_guard_refuses_stays()
    {
        var uuid = (await AddAsync()).Uuid;
        await AssertRefusedAsync(() => RemoveAsync(uuid, guard: Refuse), ErrorCode.NotImageOwner);
        Assert.That(await FindAsync(uuid), Is.Not.Null);
    }

    [Test]
    public async Task An_image_that_changes_meanwhile_is_checked_again_and_removed()
    {
        var (uuid, seen) = ((await AddAsync()).Uuid, new List<bool>());
        Images.Rival = () => Lifecycle.DisableAsync(uuid, Anyone, CancellationToken.None);
        await RemoveAsync(uuid, guard: image => seen.Add(image.Details.Disabled));
        Assert.That(seen, Is.EqualTo(new[] { false, true }));
        Assert.That(await FindAsync(uuid), Is.Null);
    }

    [Test]
    public async Task An_image_that_joins_another_channel_meanwhile_stays_there()
    {
        var uuid = (await AddAsync(InChannels("dev"))).Uuid;
        Images.Rival = () => Lifecycle.JoinChannelAsync(uuid, "release", Anyone, CancellationToken.None);
        await RemoveAsync(uuid, "dev");
        Assert.That((await FindAsync(uuid))!.Details.Channels, Is.EqualTo(new[] { "release" }));
    }
}
