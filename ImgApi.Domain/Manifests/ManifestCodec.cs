using System.Buffers;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Converts manifests to the details of images and back, by <see cref="ManifestSchema"/>.</summary>
public static class ManifestCodec
{
    private static readonly ManifestField[] DetailFields = [.. ManifestSchema.Fields.Where(field => field.Property is not null)];

    /// <summary>
    /// What a manifest says, read leniently: a field that is absent, null or unusable is as in new <see cref="ImageDetails"/>. Unusable
    /// values are in <see cref="ManifestDocument.Unused"/> afterwards.
    /// </summary>
    public static ImageDetails Details(ManifestDocument document)
    {
        var details = new ImageDetails();
        foreach (var field in DetailFields)
        {
            field.Read(document, details);
        }

        return details;
    }

    /// <summary>Writes the members of an image's manifest, nothing hidden, into the object that the writer is in.</summary>
    public static void Write(Utf8JsonWriter writer, Image image)
    {
        foreach (var field in ManifestSchema.Fields)
        {
            field.Write(writer, image);
        }
    }

    /// <summary>The manifest of an image, nothing hidden, as a document.</summary>
    public static ManifestDocument Document(Image image)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, image);
            writer.WriteEndObject();
        }

        return new ManifestDocument(JsonElement.Parse(buffer.WrittenSpan, ManifestDocument.Format));
    }
}
