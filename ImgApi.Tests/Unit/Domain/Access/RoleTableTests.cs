using ImgApi.Domain.Access;

namespace ImgApi.Tests.Unit.Domain.Access;

[TestFixture]
internal sealed class RoleTableTests
{
    [TestCase(Role.Read, Right.Read)]
    [TestCase(Role.Publish, Right.Read, Right.Publish)]
    [TestCase(Role.Manage, Right.Read, Right.Publish, Right.ChangeAny, Right.Approve, Right.Import, Right.Jobs)]
    [TestCase(Role.Admin, Right.Read, Right.Publish, Right.ChangeAny, Right.Approve, Right.Import, Right.Jobs, Right.DeleteActive, Right.Operate)]
    public void A_role_has_exactly_these_rights(Role role, params Right[] rights) =>
        Assert.That(Enum.GetValues<Right>().Where(new Actor("joe", role).May), Is.EquivalentTo(rights));

    [Test]
    public void A_stranger_has_no_right() => Assert.That(Enum.GetValues<Right>().Where(Actor.Stranger.May), Is.Empty);

    [TestCase(Role.Publish, Right.DeleteActive, "the role publish may not delete an active image that the user did not publish; admin may")]
    [TestCase(Role.Read, Right.Publish, "the role read may not create, change or delete images; publish, manage and admin may")]
    public void A_refusal_says_which_roles_have_the_right(Role role, Right right, string message) => Assert.That(
        () => new Actor("joe", role).Ensure(right),
        Throws.TypeOf<ImgApiException>().With.Message.EqualTo(message).And.Property("Code").EqualTo(ErrorCode.NotAuthorized));
}
