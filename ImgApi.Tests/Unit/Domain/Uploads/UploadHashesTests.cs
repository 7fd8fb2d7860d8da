using ImgApi.Domain.Uploads;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Uploads;

/// <summary>When the bytes of an upload are hashed, and when they are read again for that.</summary>
[TestFixture]
internal sealed class UploadHashesTests : ResumableUploadsFixture
{
    [Test]
    public async Task Hashes_continue_from_part_to_part_without_reading_the_bytes_again()
    {
        var upload = await BeginAsync(await AddAsync());
        for (var from = 0; from < Bytes.Length; from += MiB)
        {
            await AppendAsync(upload, from, from + MiB);
        }

        // The first MiB is inspected when it has arrived, and at the commit.
        Assert.That((Store.BytesRead, (await ImageAsync(upload.Image)).File!.Sha1), Is.EqualTo((2 * MiB, Sha1)));
    }

    [Test]
    public async Task After_a_restart_only_the_bytes_that_arrived_before_are_read_again()
    {
        var upload = await BeginAsync(await AddAsync());
        await AppendAsync(upload, 0, 3 * MiB);
        var before = Store.BytesRead;
        using var reading = new SemaphoreSlim(1);
        using var digest = new RunningDigest(Store, upload.Id, reading, CancellationToken.None);
        digest.CatchUp(3 * MiB);
        await Eventually.TrueAsync(() => digest.IsIdle);
        await digest.At(3 * MiB)!.AppendAsync(Bytes.AsMemory(3 * MiB));
        Assert.That(((await digest.ReadAsync(5 * MiB)).Sha1, Store.BytesRead - before), Is.EqualTo((Sha1, 3 * MiB)));
    }

    [Test]
    public async Task The_removal_of_an_upload_ends_the_reading_of_its_bytes()
    {
        var upload = await BeginAsync(await AddAsync());
        await AppendAsync(upload, 0, 3 * MiB);
        Restart();
        Store.StallsReads = true;
        await AppendAsync(upload, 3 * MiB, 4 * MiB);
        await Store.ReadStalled.WaitAsync(TimeSpan.FromMinutes(1));
        await Resumable.RemoveAsync(upload.Image, upload.Id, Anyone, CancellationToken.None);
        await Store.ReadCanceled.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task A_part_of_unknown_length_that_is_too_long_does_not_cause_earlier_bytes_to_be_read_again()
    {
        var upload = await BeginAsync(await AddAsync());
        await AppendAsync(upload, 0, 4 * MiB);
        var before = Store.BytesRead;
        for (var i = 0; i < 3; i++)
        {
            using var body = new MemoryStream(new byte[MiB + 1]);
            await AssertRefusedAsync(
                () => Resumable.AppendAsync(upload.Image, upload.Id, new UploadPart(body, null, 4 * MiB), Anyone, CancellationToken.None),
                ErrorCode.PayloadTooLarge);
        }

        await AppendAsync(upload, 4 * MiB, 5 * MiB);
        // The first MiB is read for the inspection at the commit.
        Assert.That((Store.BytesRead - before, (await ImageAsync(upload.Image)).File!.Sha1), Is.EqualTo((MiB, Sha1)));
    }

    [Test]
    public async Task A_part_of_unknown_length_gives_the_right_hashes()
    {
        var upload = await BeginAsync(await AddAsync());
        using var body = new MemoryStream(Bytes[..(2 * MiB)]);
        await Resumable.AppendAsync(upload.Image, upload.Id, new UploadPart(body, null, 0), Anyone, CancellationToken.None);
        await AppendAsync(upload, 2 * MiB, 5 * MiB);
        Assert.That((await ImageAsync(upload.Image)).File!.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task Parts_with_checksums_give_the_right_hashes()
    {
        var upload = await BeginAsync(await AddAsync());
#pragma warning disable CA5350 // The checksum of the protocol.
        await AppendAsync(upload, 0, 2 * MiB, sha1: Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Bytes[..(2 * MiB)])));
#pragma warning restore CA5350
        await AppendAsync(upload, 2 * MiB, 5 * MiB);
        Assert.That((await ImageAsync(upload.Image)).File!.Sha1, Is.EqualTo(Sha1));
    }
}
