using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Writes <c>manifest.json</c>: the fields of <see cref="ManifestSchema"/>, then unknown members, then the private record. trondn/imgapi can
/// read it, so that a return to it is possible.
/// </summary>
internal static class ManifestWriter
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ManifestDocument.MaxDepth,
    };

    /// <param name="superseded">See <see cref="FileNames.Superseded"/>.</param>
    public static byte[] Write(Image image, ManifestLeftovers leftovers, IReadOnlyList<string> superseded)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            if (leftovers == ManifestLeftovers.None)
            {
                ManifestCodec.Write(writer, image);
            }
            else
            {
                leftovers.WriteWith(writer, image);
            }

            PrivateRecord.Write(writer, image, superseded);
            writer.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
