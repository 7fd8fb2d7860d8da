using ImgApi.Domain.Audit;
using ImgApi.Domain.Storage;
using ImgApi.Domain.Uploads;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Uploads;

[TestFixture]
internal sealed class ResumableUploadsTests : ResumableUploadsFixture
{
    [Test]
    public async Task The_first_bytes_are_inspected_again_after_they_were_taken_back()
    {
        var upload = await BeginAsync(await AddAsync(), "gzip");
        using var tooLong = new MemoryStream([0x1f, 0x8b, 8, .. new byte[(5 * MiB) - 2]]);
        var part = new UploadPart(tooLong, null, 0);
        await AssertRefusedAsync(
            () => Resumable.AppendAsync(upload.Image, upload.Id, part, Anyone, CancellationToken.None), ErrorCode.PayloadTooLarge);
        byte[] xz = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
        xz.CopyTo(Bytes, 0);
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 2 * MiB), ErrorCode.Download);
    }

    [Test]
    public async Task ExpiredUploads_leave_their_places_to_others()
    {
        var image = await AddAsync();
        for (var i = 0; i < 16; i++)
        {
            await BeginAsync(image);
        }

        await AssertRefusedAsync(() => BeginAsync(image), ErrorCode.TooManyUploads);
        foreach (var file in Directory.GetFiles(UploadsFolder, "*.bytes"))
        {
            File.SetLastWriteTimeUtc(file, Clock.GetUtcNow().UtcDateTime.AddDays(-2));
        }

        Assert.That(await BeginAsync(image), Is.Not.Null);
    }

    [Test]
    public async Task Of_finished_uploads_the_last_are_kept()
    {
        var uploads = new List<PendingUpload>();
        for (var i = 0; i < 3; i++)
        {
            uploads.Add(await BeginAsync(await AddAsync()));
            await AppendAsync(uploads[i], 0, 5 * MiB);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await AssertRefusedAsync(() => FindAsync(uploads[0]), ErrorCode.ResourceNotFound);
        Assert.That(((await FindAsync(uploads[1])).Offset, (await FindAsync(uploads[2])).Offset), Is.EqualTo((5 * MiB, 5 * MiB)));
    }

    [Test]
    public async Task A_commit_that_the_store_refuses_keeps_the_upload_and_is_repeated_by_the_next_request()
    {
        var upload = await BeginAsync(await AddAsync());
        Store.FailsToCommit = true;
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 5 * MiB), ErrorCode.StorageIsDown);
        Store.FailsToCommit = false;
        Assert.That((await FindAsync(upload)).Committed!.File!.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task A_commit_that_could_not_be_recorded_is_recognized_after_a_restart_and_not_repeated()
    {
        var upload = await BeginAsync(await AddAsync());
        Store.FailsToFinish = true;
        var file = (await AppendAsync(upload, 0, 5 * MiB)).Committed!.File;
        Store.FailsToFinish = false;
        Restart();
        var progress = await FindAsync(upload);
        Assert.That((progress.Offset, progress.Committed, (await ImageAsync(upload.Image)).File), Is.EqualTo((5 * MiB, (Image?)null, file)));
    }

    [Test]
    public async Task An_activation_right_before_the_commit_wins_and_removes_the_upload()
    {
        var image = await AddAsync();
        await UploadAsync(image.Uuid, 1, 2, 3);
        var upload = await BeginAsync(image);
        Images.Rival = () => Activation.ActivateAsync(image.Uuid, Anyone, isForced: true, CancellationToken.None);
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 5 * MiB), ErrorCode.ImageAlreadyActivated);
        await AssertRefusedAsync(() => FindAsync(upload), ErrorCode.ResourceNotFound);
    }

    [Test]
    public async Task Another_upload_right_before_the_commit_wins_and_its_file_stays()
    {
        var image = await AddAsync();
        var upload = await BeginAsync(image);
        Image? rival = null;
        Images.Rival = async () => rival = await UploadAsync(image.Uuid, 1, 2, 3);
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 5 * MiB), ErrorCode.UploadSuperseded);
        Assert.That((await ImageAsync(image.Uuid)).File, Is.EqualTo(rival!.File));
        using var reader = await Contents.OpenAsync(image.Uuid, rival.File!.Content!.Value, CancellationToken.None);
        Assert.That(reader!.Length, Is.EqualTo(3));
    }

    [Test]
    public async Task A_guard_that_refuses_the_image_refuses_the_part_before_it_is_read()
    {
        var upload = await BeginAsync(await AddAsync());
        await AssertRefusedAsync(() => AppendAsync(upload, 0, MiB, Refuse), ErrorCode.NotImageOwner);
        Assert.That((await FindAsync(upload)).Offset, Is.Zero);
    }

    [Test]
    public async Task An_upload_that_could_not_be_stored_has_a_second_event_that_corrects_the_first()
    {
        var image = await AddAsync();
        Store.FailsToCreate = true;
        await AssertRefusedAsync(() => BeginAsync(image), ErrorCode.StorageIsDown);
        var query = new AuditQuery { Image = image.Uuid, Limit = 2 };
        await Eventually.TrueAsync(async () =>
            await Audit.ReadAsync(query, CancellationToken.None) is [{ Corrects: { } number }, var first] && number == first.Number);
    }

    [Test]
    public async Task A_purge_removes_uploads_of_removed_images_only()
    {
        var image = await AddAsync();
        var (kept, orphan) = (await BeginAsync(await AddAsync()), await BeginAsync(image));
        await Images.TryRemoveAsync(await ImageAsync(image.Uuid), WriteConditions.None, CancellationToken.None);
        var removed = new List<Uuid>();
        await Resumable.PurgeAsync(progress => removed.Add(progress.Upload.Id), CancellationToken.None);
        Assert.That(removed, Is.EqualTo(new[] { orphan.Id }));
        Assert.That((await Resumable.ListUnfinishedAsync(CancellationToken.None)).Select(progress => progress.Upload.Id), Is.EqualTo(new[] { kept.Id }));
    }
}
