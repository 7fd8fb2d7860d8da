using System.Reflection;
using System.Text.Json;
using CsCheck;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>What goes into the bytes of the index comes out again.</summary>
[TestFixture]
internal sealed class ImageCodecTests
{
    private static readonly Gen<string> Texts = Inputs.Noise.Select(WithoutHalves);
    private static readonly Gen<Uuid> Uuids = Gen.Guid.Select(uuid => Uuid.Parse(uuid.ToString()));
    private static readonly Gen<DateTimeOffset> Instants = Gen.DateTimeOffset;

    private static readonly Gen<ZfsStreamHead> Streams = Gen.Select(Gen.Enum<ZfsObjectSet>(), Gen.ULong, Gen.ULong, Gen.Bool).Select(
        (kind, to, from, several) => new ZfsStreamHead(kind, to, from, several));

    private static readonly Gen<InspectionResult> Sights = Gen.Select(
        Gen.Enum<ContentFormat>(), Gen.Nullable(Gen.Enum<ContentFormat>()), Gen.Bool, Optional(Streams)).Select(
        (format, inside, isDamaged, stream) => new InspectionResult(format, inside, isDamaged, stream));

    private static readonly Gen<ImageFile> Files = Gen.Select(Texts, Gen.Long, Optional(Texts), Instants, Optional(Sights)).Select((text, size, more, at, seen) => new ImageFile
    {
        Sha1 = text,
        Size = size,
        Compression = more ?? "gzip",
        DatasetGuid = more,
        Md5 = more,
        ModifiedAt = at,
        Digest = more,
        UncompressedDigest = more,
        Content = more is null ? null : new ContentKey(more),
        Inspection = seen,
    });

    private static readonly Gen<ImageIcon> Icons = Gen.Select(Texts, Gen.Long, Optional(Texts), Instants).Select((text, size, more, at) => new ImageIcon
    {
        ContentType = text,
        Size = size,
        Sha1 = more,
        Md5 = more,
        ModifiedAt = at,
        Content = new ContentKey(text),
    });

    private static readonly Gen<Func<ImageDetails, ImageDetails>> Words = Gen.Select(Texts, Texts, Optional(Texts), Optional(Texts), Optional(Texts)).Select(
        (a, b, c, d, e) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Name = a,
            Version = b,
            Description = c,
            Homepage = d,
            Eula = e,
            Urn = c,
            Type = d,
            Os = e,
            NicDriver = c,
            DiskDriver = d,
            CpuType = e,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> Lists = Gen.Select(
        Uuids.Array[0, 3], Texts.Array[0, 3], OptionalList(Texts), OptionalList(Texts), Optional(Instants.Select(at => Timestamp.From(at)))).Select(
        (acl, tags, folders, channels, at) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Acl = acl,
            BillingTags = tags,
            InheritedDirectories = folders,
            Channels = channels,
            PublishedAt = at,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> Pieces = Gen.Select(
        Piece(), Piece(), Piece(), Piece(), Piece()).Select((a, b, c, d, e) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            Requirements = a,
            Users = b,
            Traits = c,
            Tags = d,
            Error = e,
        }));

    private static readonly Gen<Func<ImageDetails, ImageDetails>> Values = Gen.Select(
        Gen.Int, Uuids, Gen.Bool, Gen.Nullable(Gen.Long), Gen.Nullable(Gen.Bool), Gen.Nullable(Uuids)).Select(
        (v, owner, flag, size, maybe, origin) => (Func<ImageDetails, ImageDetails>)(details => details with
        {
            V = v,
            Owner = owner,
            Disabled = flag,
            Public = !flag,
            ImageSize = size,
            GeneratePasswords = maybe,
            Origin = origin,
        }));

    private static readonly Gen<Image> Images = Gen.Select(
        Gen.Select(Words, Lists, Pieces, Values), Uuids, Gen.Bool, Optional(Texts), Optional(Files), Optional(Icons)).Select(
        (details, uuid, activated, label, file, icon) => Image.Restore(
            uuid, details.Item1(details.Item2(details.Item3(details.Item4(new ImageDetails())))), activated, label, file, icon));

    [Test]
    public void Every_image_comes_back_as_it_was() => Fuzz.Check(Images.Array[0, 4], images =>
        Assert.That(Again(images).Select(ImageDescription.Of), Is.EqualTo(images.Select(ImageDescription.Of))));

    [Test]
    public void Every_kind_of_field_can_be_kept()
    {
        var kinds = typeof(FieldKind).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (FieldKind)property.GetValue(null)!);
        Assert.That(kinds.Where(kind => kind != FieldKind.Files).Select(ValueCodec.For), Is.All.Not.Null);
    }

    [Test]
    public void No_property_of_a_file_or_an_icon_is_forgotten()
    {
        var images = Images.Array[200].Single();
        var noFile = new ImageFile { Sha1 = "", Size = 0, Compression = "", ModifiedAt = default };
        var noIcon = new ImageIcon { ContentType = "", Size = 0, ModifiedAt = default, Content = default };
        Assert.That(AlwaysUnset(images.Select(image => image.File).OfType<ImageFile>(), noFile), Is.Empty, "the generator sets everything");
        Assert.That(AlwaysUnset(images.Select(image => image.Icon).OfType<ImageIcon>(), noIcon), Is.Empty);
        Assert.That(AlwaysUnset(images, Image.Create(Uuid.Zero, new ImageDetails())), Is.Empty);
    }

    [Test]
    public void Pieces_of_json_are_kept_byte_for_byte()
    {
        var tags = JsonElement.Parse("{ \"a\" :1.50e+3,\n\t\"a\": \"\\u00e9\\/é\", \"b\":[ ] }");
        var again = Again([new ImageBuilder().With(details => details with { Tags = tags }).Build()]).Single();
        Assert.That(again.Details.Tags!.Value.GetRawText(), Is.EqualTo(tags.GetRawText()));
    }

    [Test]
    public void What_repeats_is_one_instance()
    {
        var images = Again([new ImageBuilder().Named(new string('x', 3)).Build(), new ImageBuilder().Named(new string('x', 3)).Build()]);
        Assert.That(images[0].Details.Name, Is.SameAs(images[1].Details.Name));
    }

    [Test]
    public void Half_a_surrogate_pair_is_refused_instead_of_lost() =>
        Assert.That(() => Encode([new ImageBuilder().Named("\ud800").Build()]), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Other_bytes_are_refused_or_understood_in_some_way() => Fuzz.Check(
        Gen.Select(Images.Array[1, 2], Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[0, 4], Gen.Int[0, 100_000]), input =>
        {
            var bytes = Encode(input.Item1);
            foreach (var (at, value) in input.Item2)
            {
                bytes[at % bytes.Length] = value;
            }

            try
            {
                EntryCodec.ReadAll(bytes.AsSpan(0, bytes.Length - (input.Item3 % 2 * input.Item3 % bytes.Length)));
            }
            catch (Exception refused) when (refused is ArgumentException or InvalidDataException or JsonException)
            {
                // As documented.
            }
        });

    private static string WithoutHalves(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static Gen<T?> Optional<T>(Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (3, values.Select(value => (T?)value)));

    private static Gen<IReadOnlyList<string>?> OptionalList(Gen<string> values) => Optional(values.Array[0, 3].Select(list => (IReadOnlyList<string>)list));

    private static Gen<JsonElement?> Piece() => Optional(JsonInputs.Value).Select(text => text is null ? (JsonElement?)null : JsonElement.Parse(text));

    private static byte[] Encode(IEnumerable<Image> images)
    {
        var chunk = new ChunkWriter();
        foreach (var image in images)
        {
            EntryCodec.Write(chunk, new IndexEntry(new ImageStamp(new FileStamp(1, 2, 3, 4), new FileStamp(5, 6, 7, 8)), image));
        }

        return chunk.Bytes.ToArray();
    }

    private static Image[] Again(IEnumerable<Image> images)
    {
        var entries = EntryCodec.ReadAll(Encode(images));
        Assert.That(entries.Select(entry => entry.Stamp), Is.All.EqualTo(new ImageStamp(new FileStamp(1, 2, 3, 4), new FileStamp(5, 6, 7, 8))));
        return [.. entries.Select(entry => entry.Image)];
    }

    private static HashSet<string> AlwaysUnset(IEnumerable<object> values, object empty) =>
        values.Select(value => ImageDescription.Unset(value, empty).ToHashSet()).Aggregate((all, one) => [.. all.Intersect(one)]);
}
