using ImgApi.Domain.UseCases;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

internal static class ImageCloningTests
{
    private static ImageBuilder SharedWithB() => new ImageBuilder().With(details => details with { Acl = [Uuid.Parse(B)] });

    private const string B = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    [TestFixture]
    internal sealed class EnsureCloneable
    {
        private static Task CheckAsync(ImageBuilder image) => Task.Run(() => ImageCloning.EnsureCloneable(image.Build(), Uuid.Parse(B)));

        [Test]
        public void An_active_image_that_is_shared_with_the_account_can_be_cloned() =>
            Assert.That(() => CheckAsync(SharedWithB().Activated()), Throws.Nothing);

        [Test]
        public async Task An_image_that_is_not_active_cannot_be_cloned() =>
            Assert.That((await Refusal.Of(() => CheckAsync(SharedWithB()))).Code, Is.EqualTo(ErrorCode.ValidationFailed));

        [Test]
        public async Task An_image_that_is_not_shared_with_the_account_cannot_be_cloned() =>
            Assert.That((await Refusal.Of(() => CheckAsync(new ImageBuilder().Activated()))).Code, Is.EqualTo(ErrorCode.ImageNotShared));
    }

    [TestFixture]
    internal sealed class Clone : UseCaseFixture
    {
        private Task<Image> CloneAsync(Image image) =>
            new ImageCloning(Images, Contents, Lifecycle, Uploads, Activation, new ServerRules()).CloneAsync(image, AccountB, "joe", CancellationToken.None);

        [Test]
        public async Task A_clone_is_an_active_image_of_the_account_that_is_shared_with_nobody()
        {
            var copy = await CloneAsync(await PublishAsync(SharedWithB()));
            Assert.That((copy.IsActive, copy.Details.Owner, copy.Details.Acl.Count), Is.EqualTo((true, AccountB, 0)));
        }

        [Test]
        public async Task A_clone_is_published_by_the_user_who_asked_for_it() =>
            Assert.That((await CloneAsync(await PublishAsync(SharedWithB()))).Publisher, Is.EqualTo("joe"));

        [Test]
        public async Task An_origin_of_another_account_is_cloned_too()
        {
            var origin = await PublishAsync(new ImageBuilder().With(details => details with { Owner = AccountA }));
            var copy = await CloneAsync(await PublishAsync(SharedWithB().WithOrigin(origin.Uuid)));
            var copyOfOrigin = (await FindAsync(copy.Details.Origin!.Value))!;
            Assert.That((copyOfOrigin.Uuid == origin.Uuid, copyOfOrigin.Details.Owner), Is.EqualTo((false, AccountB)));
        }

        [Test]
        public async Task A_failed_clone_removes_the_clones_of_its_origins()
        {
            var origin = await PublishAsync(new ImageBuilder().With(details => details with { Owner = AccountA }));
            var image = await PublishAsync(SharedWithB().WithOrigin(origin.Uuid));
            await Contents.DeleteAsync(image.Uuid, image.File!.Content!.Value);
            await AssertRefusedAsync(() => CloneAsync(image), ErrorCode.ResourceNotFound);
            var left = await Images.QueryAsync(new ImageQuery { State = StateFilter.All }, CancellationToken.None);
            Assert.That(left.Images.Select(found => found.Uuid), Is.EquivalentTo(new[] { origin.Uuid, image.Uuid }));
        }
    }
}
