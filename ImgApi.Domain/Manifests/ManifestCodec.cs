using System.Buffers;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Converts manifests to image details, and images to manifests, according to <see cref="ManifestSchema"/>.</summary>
public static class ManifestCodec
{
    private static readonly ManifestField[] DetailFields = [.. ManifestSchema.Fields.Where(field => field.Set is not null)];

    /// <summary>
    /// Reads a manifest leniently: a missing, null or unusable field gets the default of <see cref="ImageDetails"/>. Unusable values are added
    /// to <see cref="ManifestDocument.Unused"/>.
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

    /// <summary>Writes all members of an image's manifest, without hiding any, into the current object.</summary>
    public static void Write(Utf8JsonWriter writer, Image image)
    {
        foreach (var field in ManifestSchema.Fields)
        {
            field.Write(writer, image);
        }
    }

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
