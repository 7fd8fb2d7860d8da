using System.Buffers.Binary;
using CsCheck;
using ImgApi.Domain.Contents;
using ImgApi.Infrastructure.Unpacking;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Unpacking;

/// <summary>Beginnings of files, hostile ones among them.</summary>
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
    public void The_beginning_of_the_data_comes_out(string compression)
    {
        var file = Packed(compression);
        var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file, isWhole: true, Limit);
        Assert.That(unpacked.Bytes.ToArray(), Is.EqualTo(StreamFiles.Of("fs-eLc")[..Limit]));
        Assert.That((unpacked.IsWhole, unpacked.IsDamaged), Is.EqualTo((false, false)));
    }

    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public void A_head_that_was_cut_off_is_not_damaged(string compression)
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
    public void A_small_file_comes_out_whole(string sample)
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
        Assert.That((file[14], file[16]), Is.EqualTo((0x21, 0x1c)), "where the filter and its dictionary are");
        file[16] = 40;
        AssertModest(ContentFormat.Xz, file);
    }

    [Test]
    public void A_bomb_is_unpacked_up_to_the_limit() => AssertModest(ContentFormat.Gzip, Samples.Compress(new byte[100_000_000]));

    [Test]
    public void Ten_thousand_empty_bzip2_streams_in_a_row_cost_as_much_as_one()
    {
        byte[] empty = [.. "BZh9"u8, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0];
        AssertModest(ContentFormat.Bzip2, [.. Enumerable.Repeat(empty, 10_000).SelectMany(bytes => bytes)]);
    }

    [TestCase("Gzip")]
    [TestCase("Bzip2")]
    public void A_whole_file_that_ends_in_the_middle_is_damaged(string sample)
    {
        var file = Samples.Of(sample)[..^3];
        var unpacked = _unpacker.Unpack(ContentFormats.Detect(file), file, isWhole: true, Limit);
        Assert.That(unpacked.IsDamaged, Is.True);
    }

    [Test]
    public void Several_gzip_members_are_a_whole_file()
    {
        byte[] file = [.. Samples.Of("Gzip"), .. Samples.Of("Gzip")];
        var unpacked = _unpacker.Unpack(ContentFormat.Gzip, file, isWhole: true, Limit);
        Assert.That((unpacked.Bytes.ToArray(), unpacked.IsDamaged), Is.EqualTo(("hello\nhello\n"u8.ToArray(), false)));
    }

    [Test]
    public void Bzip2_takes_the_memory_of_its_largest_block() => AssertModest(ContentFormat.Bzip2, Packed("bzip2"));

    [Test]
    public void Damaged_data_costs_no_more_than_other_data_and_throws_nothing() => Fuzz.Check(
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
    public void Headers_of_xz_that_ask_for_anything_are_survived() => Fuzz.Check(Gen.Byte.Array[20], header =>
    {
        var file = Packed("xz");
        header.CopyTo(file, 12);
        _ = _unpacker.Unpack(ContentFormat.Xz, file, isWhole: true, Limit);
        file[13] &= 0xfc;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), 0x0121);
        AssertModest(ContentFormat.Xz, file);
    });

    private void AssertModest(ContentFormat format, byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var unpacked = _unpacker.Unpack(format, file, isWhole: true, Limit);
        Assert.That(unpacked.Bytes.Length, Is.LessThanOrEqualTo(Limit));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MaxMemory));
    }
}
