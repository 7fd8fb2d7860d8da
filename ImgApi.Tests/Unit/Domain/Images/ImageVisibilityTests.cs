namespace ImgApi.Tests.Unit.Domain.Images;

[TestFixture]
internal sealed class ImageVisibilityTests
{
    private static readonly Uuid Account = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");

    private static readonly ImageFile File = new() { Sha1 = "00", Size = 1, Compression = "gzip", ModifiedAt = DateTimeOffset.UnixEpoch };

    private static Image OfAnother(bool isPublic = false) =>
        Image.Create(Uuid.New(), new ImageDetails { Owner = Uuid.Zero, Public = isPublic });

    private static Image Activated(Image image) => image.AttachFile(File).Activate(DateTimeOffset.UnixEpoch);

    [Test]
    public void An_owner_sees_an_unactivated_image() =>
        Assert.That(Image.Create(Uuid.New(), new ImageDetails { Owner = Account }).IsVisibleTo(Account), Is.True);

    [Test]
    public void An_account_of_the_acl_does_not_see_an_unactivated_image() =>
        Assert.That(OfAnother().GrantAccess([Account]).IsVisibleTo(Account), Is.False);

    [Test]
    public void An_account_of_the_acl_sees_an_activated_image() =>
        Assert.That(Activated(OfAnother().GrantAccess([Account])).IsVisibleTo(Account), Is.True);

    [Test]
    public void An_account_that_was_removed_from_the_acl_does_not_see_the_image() =>
        Assert.That(Activated(OfAnother().GrantAccess([Account]).RevokeAccess([Account])).IsVisibleTo(Account), Is.False);

    [Test]
    public void Another_account_does_not_see_an_unactivated_public_image() =>
        Assert.That(OfAnother(isPublic: true).IsVisibleTo(Account), Is.False);

    [Test]
    public void Another_account_sees_a_disabled_public_image() =>
        Assert.That(Activated(OfAnother(isPublic: true)).Disable().IsVisibleTo(Account), Is.True);
}
