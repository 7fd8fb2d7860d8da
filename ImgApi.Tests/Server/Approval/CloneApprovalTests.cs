using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>Clones, which are active at once.</summary>
[TestFixture]
internal sealed class CloneApprovalTests : ApprovalFixture
{
    private const string Account = "11111111-1111-4111-8111-111111111111";

    protected override ServerMode Mode => ServerMode.Dc;

    [TestCase(Team.Publisher, 403)]
    [TestCase(Team.Manager, 200)]
    public async Task An_image_is_cloned_by_those_whose_images_need_no_approval(string user, int status)
    {
        var uuid = await Manager.PublishAsync(("owner", "22222222-2222-4222-8222-222222222222"), ("acl", new[] { Account }));
        using var client = Server.As(user);
        Assert.That((int)(await client.PostAnswerAsync($"/images/{uuid}/clone?account={Account}")).Status, Is.EqualTo(status));
    }
}
