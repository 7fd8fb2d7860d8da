using System.Buffers.Binary;
using CsCheck;
using ImgApi.Domain.Contents;
using ImgApi.Infrastructure.Unpacking;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Unpacking;

/// <summary>Decompressing the heads of files, some of them hostile.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class HeadUnpackerTests
{
    private const int Limit = 64 * 1024;
    private const long MaxMemory = 8 * 1024 * 1024;

    private readonly HeadUnpacker _unpacker = new();

    private static readonly (ContentFormat Format, byte[] File)[] Files =
        [(ContentFormat.Gzip, Packed("gzip")), (ContentFormat.Bzip2, Packed("bzip2")), (ContentFormat.Xz, Packed("xz"))];

    private static byte[] Packed(string compression) => StreamFiles.Of("fs-eLc", compression);

    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public void The_head_of_a_file_is_unpacked_up_to_the_limit(string compression)
    {
        var file = Packed(compression);
        var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file, isWhole: true, Limit);
        Assert.That(unpacked.Bytes.ToArray(), Is.EqualTo(StreamFiles.Of("fs-eLc")[..Limit]));
        Assert.That((unpacked.IsWhole, unpacked.IsDamaged), Is.EqualTo((false, false)));
    }

    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public void A_truncated_head_is_not_damaged(string compression)
    {
        var file = Packed(compression);
        foreach (var length in new[] { 3, 10, 20, 30, 100, 500, 5000 })
        {
            var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file.AsMemory(0, length), isWhole: false, Limit);
            Assert.That((unpacked.IsWhole, unpacked.IsDamaged), Is.EqualTo((false, false)), $"{length} bytes");
        }
    }

    [TestCase("Gzip")]
    [TestCase("Bzip2")]
    [TestCase("Xz")]
    public void A_small_file_is_unpacked_whole(string sample)
    {
        var file = Samples.Of(sample);
        var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file, isWhole: true, Limit);
        Assert.That(unpacked.Bytes.ToArray(), Is.EqualTo("hello\n"u8.ToArray()));
        Assert.That((unpacked.IsWhole, unpacked.IsDamaged), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_dictionary_of_4_GiB_is_not_allocated()
    {
        var file = Packed("xz");
        Assert.That((file[14], file[16]), Is.EqualTo((0x21, 0x1c)), "the filter and the size of its dictionary");
        file[16] = 40;
        AssertBounded(ContentFormat.Xz, file);
    }

    [Test]
    public void A_compression_bomb_is_unpacked_up_to_the_limit() => AssertBounded(ContentFormat.Gzip, Samples.Compress(new byte[100_000_000]));

    [Test]
    public void Ten_thousand_empty_bzip2_streams_take_bounded_memory()
    {
        byte[] empty = [.. "BZh9"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0];
        AssertBounded(ContentFormat.Bzip2, [.. Enumerable.Repeat(empty, 10_000).SelectMany(bytes => bytes)]);
    }

    [TestCase("Gzip")]
    [TestCase("Bzip2")]
    public void A_truncated_whole_file_is_damaged(string sample)
    {
        var file = Samples.Of(sample)[..^3];
        var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file, isWhole: true, Limit);
        Assert.That(unpacked.IsDamaged, Is.True);
    }

    [Test]
    public void Several_gzip_members_are_unpacked_as_one_file()
    {
        byte[] file = [.. Samples.Of("Gzip"), .. Samples.Of("Gzip")];
        var unpacked = _unpacker.Unpack(ContentFormat.Gzip, file, isWhole: true, Limit);
        Assert.That((unpacked.Bytes.ToArray(), unpacked.IsDamaged), Is.EqualTo(("hello\nhello\n"u8.ToArray(), false)));
    }

    [Test]
    public void A_bzip2_file_takes_bounded_memory() => AssertBounded(ContentFormat.Bzip2, Packed("bzip2"));

    [Test]
    public void Damaged_data_never_throws_and_is_unpacked_up_to_the_limit() => Fuzz.Check(
        Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[2, 2000], Gen.Byte).Array[1, 6], Gen.Int[1, 12_000], Gen.Bool), input =>
        {
            var (which, changes, length, isWhole) = input;
            var file = Files[which].File[..Math.Min(length, Files[which].File.Length)];
            foreach (var (at, value) in changes)
            {
                file[at % file.Length] = value;
            }

            Assert.That(_unpacker.Unpack(Files[which].Format, file, isWhole, Limit).Bytes.Length, Is.LessThanOrEqualTo(Limit));
        });

    [Test]
    public void A_random_xz_header_never_throws_and_takes_bounded_memory() => Fuzz.Check(Gen.Byte.Array[20], header =>
    {
        var file = Packed("xz");
        header.CopyTo(file, 12);
        _ = _unpacker.Unpack(ContentFormat.Xz, file, isWhole: true, Limit);
        file[13] &= 0xfc;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), 0x0121);
        AssertBounded(ContentFormat.Xz, file);
    });

    private void AssertBounded(ContentFormat format, byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var unpacked = _unpacker.Unpack(format, file, isWhole: true, Limit);
        Assert.That(unpacked.Bytes.Length, Is.LessThanOrEqualTo(Limit));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MaxMemory));
    }
}
