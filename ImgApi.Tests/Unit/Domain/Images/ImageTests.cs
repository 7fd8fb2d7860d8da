namespace ImgApi.Tests.Unit.Domain.Images;

[TestFixture]
internal sealed class ImageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly ImageFile File = new() { Sha1 = "00", Size = 1, Compression = "gzip", ModifiedAt = Now };

    private static Image New(ImageDetails? details = null) => Image.Create(Uuid.New(), details ?? new ImageDetails());

    private static Image Activated() => New().AttachFile(File).Activate(Now);

    private static void AssertRefused(ErrorCode code, Action verb) =>
        Assert.That(Assert.Throws<ImgApiException>(verb)!.Code, Is.EqualTo(code));

    [TestFixture]
    internal sealed class Activate
    {
        [Test]
        public void An_image_with_a_file_becomes_active() => Assert.That(Activated().State, Is.EqualTo(ImageState.Active));

        [Test]
        public void Activation_sets_the_publication_date() =>
            Assert.That(Activated().Details.PublishedAt!.Text, Is.EqualTo("2026-01-02T03:04:05.678Z"));

        [Test]
        public void An_imported_publication_date_is_kept()
        {
            var imported = Timestamp.From(Now.AddYears(-10));
            var image = New(new ImageDetails { PublishedAt = imported }).AttachFile(File).Activate(Now);
            Assert.That(image.Details.PublishedAt, Is.SameAs(imported));
        }

        [Test]
        public void Activation_without_a_file_is_refused() => AssertRefused(ErrorCode.NoActivationNoFile, () => New().Activate(Now));

        [Test]
        public void A_second_activation_is_refused() => AssertRefused(ErrorCode.ImageAlreadyActivated, () => Activated().Activate(Now));

        [Test]
        public void A_file_cannot_be_attached_after_activation() =>
            AssertRefused(ErrorCode.ImageFilesImmutable, () => Activated().AttachFile(File));

        [Test]
        public void Activation_does_not_change_the_original_instance()
        {
            var before = New().AttachFile(File);
            before.Activate(Now);
            Assert.That(before.State, Is.EqualTo(ImageState.Unactivated));
        }
    }

    [TestFixture]
    internal sealed class DisableAndEnable
    {
        [Test]
        public void An_unactivated_image_that_is_disabled_stays_unactivated() =>
            Assert.That(New().Disable().State, Is.EqualTo(ImageState.Unactivated));

        [Test]
        public void An_unactivated_image_that_is_enabled_stays_unactivated() =>
            Assert.That(New().Disable().Enable().State, Is.EqualTo(ImageState.Unactivated));

        [Test]
        public void An_image_that_was_disabled_before_its_activation_becomes_disabled() =>
            Assert.That(New().Disable().AttachFile(File).Activate(Now).State, Is.EqualTo(ImageState.Disabled));

        [Test]
        public void Disable_removes_a_label()
        {
            Assert.That(Labelled().State, Is.EqualTo(ImageState.Failed));
            Assert.That(Labelled().Disable().State, Is.EqualTo(ImageState.Disabled));
        }

        [Test]
        public void Enable_reverts_disable() => Assert.That(Labelled().Disable().Enable().State, Is.EqualTo(ImageState.Active));

        private static Image Labelled()
        {
            var image = Activated();
            return image.Update(new ImageChange(image.Uuid, image.Details, ImageState.Failed, image.File));
        }
    }

    [TestFixture]
    internal sealed class Updates
    {
        private static readonly Uuid Other = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");

        private static Image Moved(Image image) => image.Update(new ImageChange(Other, image.Details, null, File));

        private static Image Rebased(Image image) =>
            image.Update(new ImageChange(image.Uuid, image.Details with { Origin = Other }, null, File));

        [Test]
        public void The_uuid_can_be_changed_before_activation() => Assert.That(Moved(New()).Uuid, Is.EqualTo(Other));

        [Test]
        public void The_uuid_cannot_be_changed_after_activation() => AssertRefused(ErrorCode.ValidationFailed, () => Moved(Activated()));

        [Test]
        public void The_origin_can_be_changed_before_activation() => Assert.That(Rebased(New()).Details.Origin, Is.EqualTo(Other));

        [Test]
        public void The_origin_cannot_be_changed_after_activation() => AssertRefused(ErrorCode.ValidationFailed, () => Rebased(Activated()));
    }
}
