using ImgApi.Domain.Contents;
using ImgApi.Domain.Storage;
using ImgApi.Domain.Uploads;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Domain.UseCases;

namespace ImgApi.Tests.Unit.Domain.Uploads;

[TestFixture]
internal sealed class ResumableUploadsTests : UseCaseFixture
{
    private const int MiB = 1024 * 1024;

    private readonly byte[] _bytes = new byte[5 * MiB];
    private readonly FaultyUploadStore _store;
    private ResumableUploads _uploads;

    public ResumableUploadsTests()
    {
        Random.Shared.NextBytes(_bytes);
        _store = new FaultyUploadStore(UnfinishedUploads);
        _uploads = Open();
    }

    [TearDown]
    public void Close() => _uploads.Dispose();

    private ResumableUploads Open() =>
        new(Images, Contents, _store, new ContentInspector(Unpacker), new ServerRules(), new UploadLimits(TimeSpan.FromDays(1)), Clock);

    /// <summary>Forgets everything in memory, as a restart does.</summary>
    private void Restart()
    {
        _uploads.Dispose();
        _uploads = Open();
    }

    private async Task<PendingUpload> BeginAsync(Image image, string compression = "none") => (await _uploads.CreateAsync(
        image.Uuid, _bytes.Length, new FileDescription(compression, ContentClaims.None, null), null, Anyone, CancellationToken.None)).Upload;

    private Task<UploadProgress> AppendAsync(PendingUpload upload, int from, int to, Action<Image>? guard = null, string? sha1 = null) => _uploads.AppendAsync(
        upload.Image, upload.Id, new UploadPart(new MemoryStream(_bytes[from..to]), to - from, from, sha1),
        guard ?? Anyone, CancellationToken.None);

    private Task<UploadProgress> FindAsync(PendingUpload upload) => _uploads.ResumeAsync(upload.Image, upload.Id, Anyone, CancellationToken.None);

    private async Task<Image> ImageAsync(Uuid uuid) => await Images.GetAsync(uuid, CancellationToken.None);

    private string Sha1 =>
#pragma warning disable CA5350 // The digest of manifests.
        Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(_bytes));
#pragma warning restore CA5350

    [Test]
    public async Task Hashes_continue_from_part_to_part_without_reading_the_bytes_again()
    {
        var upload = await BeginAsync(await AddAsync());
        for (var from = 0; from < _bytes.Length; from += MiB)
        {
            await AppendAsync(upload, from, from + MiB);
        }

        // The first MiB is inspected when it has arrived, and at the commit.
        Assert.That((_store.BytesRead, (await ImageAsync(upload.Image)).File!.Sha1), Is.EqualTo((2 * MiB, Sha1)));
    }

    [Test]
    public async Task After_a_restart_only_the_bytes_that_arrived_before_are_read_again()
    {
        var upload = await BeginAsync(await AddAsync());
        await AppendAsync(upload, 0, 3 * MiB);
        var before = _store.BytesRead;
        Restart();
        using var body = new GatedStream(_bytes[(3 * MiB)..]);
        var part = _uploads.AppendAsync(upload.Image, upload.Id, new UploadPart(body, 2 * MiB, 3 * MiB), Anyone, CancellationToken.None);
        // The first MiB is also read for the inspection.
        await Eventually.TrueAsync(() => _store.BytesRead - before == 4 * MiB);
        body.LetGo();
        await part;
        // And again for that at the commit. Some of the part may arrive before the hashes have caught up, but not all of its 2 MiB.
        Assert.That(_store.BytesRead - before, Is.InRange(5 * MiB, (7 * MiB) - 1));
        Assert.That((await ImageAsync(upload.Image)).File!.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task The_removal_of_an_upload_ends_the_reading_of_its_bytes()
    {
        var upload = await BeginAsync(await AddAsync());
        await AppendAsync(upload, 0, 3 * MiB);
        Restart();
        _store.StallsReads = true;
        await AppendAsync(upload, 3 * MiB, 4 * MiB);
        await _uploads.RemoveAsync(upload.Image, upload.Id, Anyone, CancellationToken.None);
        await _store.ReadCanceled.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task The_first_bytes_are_inspected_again_after_they_were_taken_back()
    {
        var upload = await BeginAsync(await AddAsync(), "gzip");
        using var tooLong = new MemoryStream([0x1f, 0x8b, 8, .. new byte[(5 * MiB) - 2]]);
        var part = new UploadPart(tooLong, null, 0);
        await AssertRefusedAsync(
            () => _uploads.AppendAsync(upload.Image, upload.Id, part, Anyone, CancellationToken.None), ErrorCode.PayloadTooLarge);
        byte[] xz = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
        xz.CopyTo(_bytes, 0);
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 2 * MiB), ErrorCode.Download);
    }

    [Test]
    public async Task Expired_uploads_leave_their_places_to_others()
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
    public async Task Parts_with_checksums_give_the_right_hashes()
    {
        var upload = await BeginAsync(await AddAsync());
#pragma warning disable CA5350 // The checksum of the protocol.
        await AppendAsync(upload, 0, 2 * MiB, sha1: Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(_bytes[..(2 * MiB)])));
#pragma warning restore CA5350
        await AppendAsync(upload, 2 * MiB, 5 * MiB);
        Assert.That((await ImageAsync(upload.Image)).File!.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task A_commit_that_the_store_refuses_keeps_the_upload_and_is_repeated_by_the_next_request()
    {
        var upload = await BeginAsync(await AddAsync());
        _store.FailsToCommit = true;
        await AssertRefusedAsync(() => AppendAsync(upload, 0, 5 * MiB), ErrorCode.StorageIsDown);
        _store.FailsToCommit = false;
        Assert.That((await FindAsync(upload)).Committed!.File!.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task A_commit_that_could_not_be_recorded_is_recognized_after_a_restart_and_not_repeated()
    {
        var upload = await BeginAsync(await AddAsync());
        _store.FailsToFinish = true;
        var file = (await AppendAsync(upload, 0, 5 * MiB)).Committed!.File;
        _store.FailsToFinish = false;
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
    public async Task A_purge_removes_uploads_of_removed_images_only()
    {
        var image = await AddAsync();
        var (kept, orphan) = (await BeginAsync(await AddAsync()), await BeginAsync(image));
        await Images.TryRemoveAsync(await ImageAsync(image.Uuid), WriteConditions.None, CancellationToken.None);
        var removed = new List<Uuid>();
        await _uploads.PurgeAsync(progress => removed.Add(progress.Upload.Id), CancellationToken.None);
        Assert.That(removed, Is.EqualTo(new[] { orphan.Id }));
        Assert.That((await _uploads.ListUnfinishedAsync(CancellationToken.None)).Select(progress => progress.Upload.Id), Is.EqualTo(new[] { kept.Id }));
    }
}
