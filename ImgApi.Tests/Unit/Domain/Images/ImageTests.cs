namespace ImgApi.Tests.Unit.Domain.Images;

[TestFixture]
internal sealed class ImageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly Uuid Account = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");

    private static readonly ImageFile File = new() { Sha1 = "00", Size = 1, Compression = "gzip", ModifiedAt = Now };

    private static Image New(ImageDetails? details = null) => Image.Create(Uuid.New(), details ?? new ImageDetails());

    private static void AssertRefused(ErrorCode code, Action verb) =>
        Assert.That(Assert.Throws<ImgApiException>(verb)!.Code, Is.EqualTo(code));

    [TestFixture]
    internal sealed class Activate
    {
        [Test]
        public void An_image_with_a_file_becomes_active_and_published_now()
        {
            var image = New().AttachFile(File).Activate(Now);
            Assert.That(image.State, Is.EqualTo(ImageState.Active));
            Assert.That(image.Details.PublishedAt!.Text, Is.EqualTo("2026-01-02T03:04:05.678Z"));
        }

        [Test]
        public void An_imported_date_stays()
        {
            var imported = Timestamp.From(Now.AddYears(-10));
            var image = New(new ImageDetails { PublishedAt = imported }).AttachFile(File).Activate(Now);
            Assert.That(image.Details.PublishedAt, Is.SameAs(imported));
        }

        [Test]
        public void Without_a_file_or_a_second_time_it_is_refused()
        {
            AssertRefused(ErrorCode.NoActivationNoFile, () => New().Activate(Now));
            var active = New().AttachFile(File).Activate(Now);
            AssertRefused(ErrorCode.ImageAlreadyActivated, () => active.Activate(Now));
            AssertRefused(ErrorCode.ImageFilesImmutable, () => active.AttachFile(File));
        }

        [Test]
        public void The_former_instance_is_unchanged()
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
        public void Before_activation_only_the_flag_flips()
        {
            var image = New().Disable();
            Assert.That(image.State, Is.EqualTo(ImageState.Unactivated));
            Assert.That(image.Enable().State, Is.EqualTo(ImageState.Unactivated));
            Assert.That(image.AttachFile(File).Activate(Now).State, Is.EqualTo(ImageState.Disabled));
        }

        [Test]
        public void They_undo_each_other_and_take_a_label_away()
        {
            var image = New().AttachFile(File).Activate(Now);
            var labelled = image.Update(new ImageChange(image.Uuid, image.Details, ImageState.Failed, image.File));
            Assert.That(labelled.State, Is.EqualTo(ImageState.Failed));
            Assert.That(labelled.Disable().State, Is.EqualTo(ImageState.Disabled));
            Assert.That(labelled.Disable().Enable().State, Is.EqualTo(ImageState.Active));
        }
    }

    [TestFixture]
    internal sealed class Visibility
    {
        [Test]
        public void Its_owner_sees_it_always_and_others_once_it_is_activated_and_shared()
        {
            var mine = New(new ImageDetails { Owner = Account });
            var other = New(new ImageDetails { Owner = Uuid.Zero }).GrantAccess([Account]);
            var open = New(new ImageDetails { Owner = Uuid.Zero, Public = true });
            Assert.Multiple(() =>
            {
                Assert.That(mine.IsVisibleTo(Account), Is.True);
                Assert.That(other.IsVisibleTo(Account), Is.False);
                Assert.That(other.AttachFile(File).Activate(Now).IsVisibleTo(Account), Is.True);
                Assert.That(other.RevokeAccess([Account]).AttachFile(File).Activate(Now).IsVisibleTo(Account), Is.False);
                Assert.That(open.IsVisibleTo(Account), Is.False);
                Assert.That(open.AttachFile(File).Activate(Now).Disable().IsVisibleTo(Account), Is.True);
            });
        }
    }

    [TestFixture]
    internal sealed class Updates
    {
        [Test]
        public void Uuid_and_origin_are_fixed_by_activation()
        {
            var image = New().AttachFile(File);
            var moved = new ImageChange(Uuid.New(), image.Details, null, File);
            var based = new ImageChange(image.Uuid, image.Details with { Origin = Account }, null, File);
            Assert.That(image.Update(moved).Uuid, Is.EqualTo(moved.Uuid));
            Assert.That(image.Update(based).Details.Origin, Is.EqualTo(Account));
            AssertRefused(ErrorCode.ValidationFailed, () => image.Activate(Now).Update(moved));
            AssertRefused(ErrorCode.ValidationFailed, () => image.Activate(Now).Update(based));
        }
    }
}
