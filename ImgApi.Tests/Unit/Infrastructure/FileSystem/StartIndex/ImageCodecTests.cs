using System.Reflection;
using System.Text.Json;
using CsCheck;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;
using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

/// <summary>Images are decoded from the bytes of the index as they were encoded.</summary>
[TestFixture]
internal sealed class ImageCodecTests
{
    [Test]
    public void An_image_is_decoded_as_it_was_encoded() => Fuzz.Check(ImageInputs.Images.Array[0, 4], images =>
        Assert.That(Decoded(images).Select(ImageDescription.Of), Is.EqualTo(images.Select(ImageDescription.Of))));

    [Test]
    public void Every_kind_of_field_has_a_codec()
    {
        var kinds = typeof(FieldKind).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (FieldKind)property.GetValue(null)!);
        Assert.That(kinds.Where(kind => kind != FieldKind.Files).Select(ValueCodec.For), Is.All.Not.Null);
    }

    [Test]
    public void The_random_images_set_every_property_of_a_file()
    {
        var files = ImageInputs.Images.Array[200].Single().Select(image => image.File).OfType<ImageFile>();
        Assert.That(AlwaysUnset(files, new ImageFile { Sha1 = "", Size = 0, Compression = "", ModifiedAt = default }), Is.Empty);
    }

    [Test]
    public void The_random_images_set_every_property_of_an_icon()
    {
        var icons = ImageInputs.Images.Array[200].Single().Select(image => image.Icon).OfType<ImageIcon>();
        Assert.That(AlwaysUnset(icons, new ImageIcon { ContentType = "", Size = 0, ModifiedAt = default, Content = default }), Is.Empty);
    }

    [Test]
    public void The_random_images_set_every_property_of_an_image() =>
        Assert.That(AlwaysUnset(ImageInputs.Images.Array[200].Single(), Image.Create(Uuid.Zero, new ImageDetails())), Is.Empty);

    [Test]
    public void JSON_values_are_kept_byte_for_byte()
    {
        var tags = JsonElement.Parse("{ \"a\" :1.50e+3,\n\t\"a\": \"\\u00e9\\/é\", \"b\":[ ] }");
        var again = Decoded([new ImageBuilder().With(details => details with { Tags = tags }).Build()]).Single();
        Assert.That(again.Details.Tags!.Value.GetRawText(), Is.EqualTo(tags.GetRawText()));
    }

    [Test]
    public void Equal_texts_are_decoded_to_one_instance()
    {
        var images = Decoded([new ImageBuilder().Named(new string('x', 3)).Build(), new ImageBuilder().Named(new string('x', 3)).Build()]);
        Assert.That(images[0].Details.Name, Is.SameAs(images[1].Details.Name));
    }

    [Test]
    public void An_unpaired_surrogate_is_refused_rather_than_lost() =>
        Assert.That(() => Encode([new ImageBuilder().Named("\ud800").Build()]), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Damaged_bytes_are_decoded_or_refused_with_a_documented_exception() => Fuzz.Check(
        Gen.Select(ImageInputs.Images.Array[1, 2], Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[0, 4], Gen.Int[0, 100_000]), input =>
        {
            var bytes = Encode(input.Item1);
            foreach (var (at, value) in input.Item2)
            {
                bytes[at % bytes.Length] = value;
            }

            try
            {
                IndexEntry.ReadAll(bytes[..^(input.Item3 % 2 * input.Item3 % bytes.Length)]);
            }
            catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidDataException or IOException or JsonException)
            {
                // The index is then damaged.
            }
        });

    private static byte[] Encode(IEnumerable<Image> images)
    {
        using var chunk = new ChunkWriter();
        foreach (var image in images)
        {
            new IndexEntry(new ImageStamp(new FileStamp(1, 2, 3, 4), new FileStamp(5, 6, 7, 8)), image).Write(chunk);
        }

        return chunk.Bytes.ToArray();
    }

    private static Image[] Decoded(IEnumerable<Image> images)
    {
        var entries = IndexEntry.ReadAll(Encode(images));
        Assert.That(entries.Select(entry => entry.Stamp), Is.All.EqualTo(new ImageStamp(new FileStamp(1, 2, 3, 4), new FileStamp(5, 6, 7, 8))));
        return [.. entries.Select(entry => entry.Image)];
    }

    private static HashSet<string> AlwaysUnset(IEnumerable<object> values, object empty) =>
        values.Select(value => ImageDescription.Unset(value, empty).ToHashSet()).Aggregate((all, one) => [.. all.Intersect(one)]);
}
