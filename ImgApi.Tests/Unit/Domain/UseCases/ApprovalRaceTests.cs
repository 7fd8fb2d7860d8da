namespace ImgApi.Tests.Unit.Domain.UseCases;

/// <summary>Another writer is faster than an approval.</summary>
[TestFixture]
internal sealed class ApprovalRaceTests : UseCaseFixture
{
    private async Task<Uuid> AskAsync()
    {
        var uuid = (await AddAsync()).Uuid;
        await UploadAsync(uuid, 1, 2, 3);
        await Activation.RequestApprovalAsync(uuid, Anyone, isForced: true, CancellationToken.None);
        return uuid;
    }

    private Task<Image> ApproveAsync(Uuid uuid) =>
        Activation.ActivateAsync(uuid, image => image.EnsureWaiting(requestedAt: null), isForced: true, CancellationToken.None);

    [Test]
    public async Task A_file_that_replaces_the_seen_one_is_not_approved()
    {
        var uuid = await AskAsync();
        Images.Rival = () => UploadAsync(uuid, 6, 6, 6);
        await AssertRefusedAsync(() => ApproveAsync(uuid), ErrorCode.NotWaitingForApproval);
        Assert.That((await FindAsync(uuid))!.Activated, Is.False);
    }

    [Test]
    public async Task An_image_that_somebody_rejects_first_is_not_approved()
    {
        var uuid = await AskAsync();
        Images.Rival = () => Lifecycle.RejectAsync(uuid, "joe", "no", Anyone, CancellationToken.None);
        await AssertRefusedAsync(() => ApproveAsync(uuid), ErrorCode.NotWaitingForApproval);
    }

    [Test]
    public async Task An_image_that_somebody_approves_first_is_not_rejected()
    {
        var uuid = await AskAsync();
        Images.Rival = () => ApproveAsync(uuid);
        await AssertRefusedAsync(() => Lifecycle.RejectAsync(uuid, "joe", "no", Anyone, CancellationToken.None), ErrorCode.NotWaitingForApproval);
    }
}
