using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Writes <c>manifest.json</c>: the API's form, then what the server does not know, then its own record. trondn/imgapi can
/// read it, should someone go back.
/// </summary>
internal static class ManifestWriter
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ManifestReader.MaxDepth,
    };

    /// <param name="image">The image.</param>
    /// <param name="leftovers">What was read from its manifest beside it.</param>
    /// <param name="superseded">See <see cref="LegacyContent.Superseded"/>.</param>
    public static byte[] Write(Image image, ManifestLeftovers leftovers, IReadOnlyList<string> superseded)
    {
        var manifest = PublicManifest.Of(image);
        var ofFile = leftovers.File is { } file && file.Sha1 == image.File?.Sha1 ? file : null;
        AddFileLeftovers(manifest["files"]!.AsArray(), ofFile);
        foreach (var unused in leftovers.Unused.Where(unused => JsonNode.DeepEquals(manifest[unused.Key], unused.InsteadOf)))
        {
            manifest[unused.Key] = Nodes.Of(unused.Value);
        }

        foreach (var (key, value) in leftovers.Unknown)
        {
            manifest[key] = Nodes.Of(value);
        }

        manifest[PrivateRecord.Key] = PrivateRecord.Of(image, superseded);
        return Serialize(manifest);
    }

    private static void AddFileLeftovers(JsonArray files, FileLeftovers? leftovers)
    {
        foreach (var (key, value) in leftovers?.Keys ?? [])
        {
            files[0]![key] = Nodes.Of(value);
        }

        foreach (var entry in leftovers?.MoreFiles ?? [])
        {
            files.Add(Nodes.Of(entry));
        }
    }

    private static byte[] Serialize(JsonObject manifest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            manifest.WriteTo(writer);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
