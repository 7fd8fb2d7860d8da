using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <content>Complete uploads.</content>
internal abstract partial class UploadStoreConformance
{
    [Test]
    public async Task A_committed_upload_is_content_of_its_image()
    {
        var key = await Store.CommitAsync(await CreatedAsync("hello world"), GzipFile, CancellationToken.None);
        Assert.That(await ReadContentAsync(key), Is.EqualTo("hello world"));
    }

    [Test]
    public async Task A_committed_upload_still_has_its_bytes_and_names_the_content_after_a_restart()
    {
        var id = await CreatedAsync("hello world");
        var key = await Store.CommitAsync(id, GzipFile, CancellationToken.None);
        Restart();
        var stored = await FoundAsync(id);
        Assert.That((stored.Content, stored.IsFinished, await ReadAsync(id)), Is.EqualTo(((ContentKey?)key, false, "hello world")));
    }

    [Test]
    public async Task A_second_commit_gives_another_content()
    {
        var id = await CreatedAsync("hello world");
        var first = await Store.CommitAsync(id, GzipFile, CancellationToken.None);
        await Contents.DeleteAsync(ImageUuid, first);
        var second = await Store.CommitAsync(id, GzipFile, CancellationToken.None);
        Assert.That((second == first, await ReadContentAsync(second)), Is.EqualTo((false, "hello world")));
    }

    [Test]
    public async Task A_finished_upload_has_no_bytes_and_is_known_after_a_restart()
    {
        var id = await CreatedAsync("hello world");
        var key = await Store.CommitAsync(id, GzipFile, CancellationToken.None);
        await Store.FinishAsync(id, CancellationToken.None);
        Restart();
        var stored = await FoundAsync(id);
        Assert.That((stored.IsFinished, stored.Offset, stored.Content, await ReadAsync(id)), Is.EqualTo((true, 11, (ContentKey?)key, (string?)null)));
    }

    [Test]
    public async Task Content_of_a_finished_or_deleted_upload_stays()
    {
        var id = await CreatedAsync("hello world");
        var key = await Store.CommitAsync(id, GzipFile, CancellationToken.None);
        await Store.FinishAsync(id, CancellationToken.None);
        await Store.DeleteAsync(id, CancellationToken.None);
        Assert.That(await ReadContentAsync(key), Is.EqualTo("hello world"));
    }

    [Test]
    public async Task A_finished_upload_takes_no_more_bytes()
    {
        var id = await CreatedAsync("hello world");
        await Store.FinishAsync(id, CancellationToken.None);
        Assert.That((await Refusal.Of(() => Store.AppendAsync(id, CancellationToken.None))).Code, Is.EqualTo(ErrorCode.ResourceNotFound));
    }

    [Test]
    public async Task A_commit_to_an_image_that_was_removed_is_not_found_and_the_upload_stays()
    {
        var id = await CreatedAsync("hello world");
        var image = await Images.GetAsync(ImageUuid, CancellationToken.None);
        Assert.That(await Images.TryRemoveAsync(image, WriteConditions.None, CancellationToken.None), Is.True);
        var refusal = await Refusal.Of(() => Store.CommitAsync(id, GzipFile, CancellationToken.None));
        Assert.That((refusal.Code, await ReadAsync(id)), Is.EqualTo((ErrorCode.ResourceNotFound, "hello world")));
    }
}
