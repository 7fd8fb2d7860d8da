using ImgApi.Domain.Integrity;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

[TestFixture]
internal sealed class ImageActivationTests : UseCaseFixture
{
    private Task<Image> ActivateAsync(Uuid uuid, Action<Image>? guard = null) =>
        Activation.ActivateAsync(uuid, guard ?? Anyone, isForced: true, CancellationToken.None);

    [Test]
    public async Task An_activated_image_is_active_and_published_now()
    {
        var uuid = (await AddAsync()).Uuid;
        await UploadAsync(uuid, 1, 2, 3);
        var image = await ActivateAsync(uuid);
        Assert.That((image.IsActive, image.Details.PublishedAt?.ToString()), Is.EqualTo((true, "2026-01-02T03:04:05.000Z")));
    }

    [Test]
    public async Task An_image_without_a_file_is_not_activated()
    {
        var uuid = (await AddAsync()).Uuid;
        await AssertRefusedAsync(() => ActivateAsync(uuid), ErrorCode.NoActivationNoFile);
    }

    [Test]
    public async Task An_image_whose_file_is_missing_in_the_store_is_not_activated()
    {
        var uuid = (await AddAsync(new ImageBuilder().WithFile())).Uuid;
        await AssertRefusedAsync(() => ActivateAsync(uuid), ErrorCode.NoActivationNoFile);
    }

    [Test]
    public async Task An_image_whose_file_is_known_to_be_damaged_is_not_activated()
    {
        var image = await UploadAsync((await AddAsync()).Uuid, 1, 2, 3);
        await Damages.EnterAsync([new Damage(image.Uuid, image.File!.Content!.Value, "damaged", Clock.GetUtcNow())], CancellationToken.None);
        await AssertRefusedAsync(() => ActivateAsync(image.Uuid), ErrorCode.NoActivationNoFile);
    }

    [Test]
    public async Task An_image_that_the_guard_refuses_is_not_activated()
    {
        var uuid = (await AddAsync()).Uuid;
        await UploadAsync(uuid, 1, 2, 3);
        await AssertRefusedAsync(() => ActivateAsync(uuid, Refuse), ErrorCode.NotImageOwner);
        Assert.That((await FindAsync(uuid))!.Activated, Is.False);
    }

    [Test]
    public async Task An_image_that_another_caller_activated_first_is_not_activated_again()
    {
        var uuid = (await AddAsync()).Uuid;
        await UploadAsync(uuid, 1, 2, 3);
        Images.Rival = () => ActivateAsync(uuid);
        await AssertRefusedAsync(() => ActivateAsync(uuid), ErrorCode.ImageAlreadyActivated);
    }
}
