using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

internal static class ImageLifecycleTests
{
    [TestFixture]
    internal sealed class Add : UseCaseFixture
    {
        [Test]
        public async Task An_added_image_is_stored()
        {
            var image = await Lifecycle.AddAsync(new ImageBuilder().Named("new").Build(), CancellationToken.None);
            Assert.That((await FindAsync(image.Uuid))?.Details.Name, Is.EqualTo("new"));
        }

        [Test]
        public Task An_image_with_an_unknown_origin_is_refused() => AssertRefusedAsync(
            () => Lifecycle.AddAsync(new ImageBuilder().WithOrigin(Uuid.New()).Build(), CancellationToken.None), ErrorCode.OriginDoesNotExist);
    }

    [TestFixture]
    internal sealed class Disable : UseCaseFixture
    {
        [Test]
        public async Task An_active_image_becomes_disabled()
        {
            var image = await Lifecycle.DisableAsync((await PublishAsync()).Uuid, Anyone, CancellationToken.None);
            Assert.That(image.State, Is.EqualTo("disabled"));
        }

        [Test]
        public async Task An_image_whose_change_the_guard_refuses_stays_unchanged()
        {
            var image = await PublishAsync();
            await AssertRefusedAsync(() => Lifecycle.DisableAsync(image.Uuid, Refuse, CancellationToken.None), ErrorCode.NotImageOwner);
            Assert.That(await FindAsync(image.Uuid), Is.SameAs(image));
        }

        [Test]
        public Task An_unknown_image_is_not_found() =>
            AssertRefusedAsync(() => Lifecycle.DisableAsync(Uuid.New(), Anyone, CancellationToken.None), ErrorCode.ResourceNotFound);
    }

    [TestFixture]
    internal sealed class Access : UseCaseFixture
    {
        [Test]
        public async Task An_account_is_granted_access()
        {
            var image = await Lifecycle.GrantAccessAsync((await AddAsync()).Uuid, [AccountA], Anyone, CancellationToken.None);
            Assert.That(image.Details.Acl, Is.EqualTo(new[] { AccountA }));
        }

        [Test]
        public async Task Two_simultaneous_grants_are_both_kept()
        {
            var uuid = (await AddAsync()).Uuid;
            Images.Rival = () => Lifecycle.GrantAccessAsync(uuid, [AccountA], Anyone, CancellationToken.None);
            await Lifecycle.GrantAccessAsync(uuid, [AccountB], Anyone, CancellationToken.None);
            Assert.That((await FindAsync(uuid))!.Details.Acl, Is.EqualTo(new[] { AccountA, AccountB }));
        }

        [Test]
        public async Task Access_of_an_account_is_revoked()
        {
            var uuid = (await AddAsync(new ImageBuilder().With(details => details with { Acl = [AccountA, AccountB] }))).Uuid;
            var image = await Lifecycle.RevokeAccessAsync(uuid, [AccountA], Anyone, CancellationToken.None);
            Assert.That(image.Details.Acl, Is.EqualTo(new[] { AccountB }));
        }
    }

    [TestFixture]
    internal sealed class Update : UseCaseFixture
    {
        private Task<Image> UpdateAsync(Uuid uuid, Func<Image, ImageChange> change, Action<Image>? guard = null) =>
            Lifecycle.UpdateAsync(uuid, guard ?? Anyone, change, CancellationToken.None);

        private static ImageChange Named(Image image, string name) =>
            new(image.Uuid, image.Details with { Name = name }, image.Label, image.File);

        [Test]
        public async Task An_update_replaces_the_details()
        {
            var image = await UpdateAsync((await AddAsync()).Uuid, image => Named(image, "other"));
            Assert.That((await FindAsync(image.Uuid))!.Details.Name, Is.EqualTo("other"));
        }

        [Test]
        public async Task An_update_after_the_change_of_another_writer_is_applied_to_that_change()
        {
            var uuid = (await AddAsync(new ImageBuilder().Named("a"))).Uuid;
            Images.Rival = () => UpdateAsync(uuid, image => Named(image, image.Details.Name + "b"));
            Assert.That((await UpdateAsync(uuid, image => Named(image, image.Details.Name + "c"))).Details.Name, Is.EqualTo("abc"));
        }

        [Test]
        public async Task The_guard_is_called_with_each_version_that_would_be_replaced()
        {
            var (uuid, seen) = ((await AddAsync(new ImageBuilder().Named("a"))).Uuid, new List<string>());
            Images.Rival = () => UpdateAsync(uuid, image => Named(image, "b"));
            await UpdateAsync(uuid, image => Named(image, "c"), image => seen.Add(image.Details.Name));
            Assert.That(seen, Is.EqualTo(new[] { "a", "b" }));
        }

        [Test]
        public async Task The_uuid_of_an_origin_of_other_images_cannot_be_changed()
        {
            var origin = (await AddAsync()).Uuid;
            await AddAsync(new ImageBuilder().WithOrigin(origin));
            await AssertRefusedAsync(
                () => UpdateAsync(origin, image => new ImageChange(Uuid.New(), image.Details, null, null)), ErrorCode.ImageHasDependentImages);
        }
    }
}
