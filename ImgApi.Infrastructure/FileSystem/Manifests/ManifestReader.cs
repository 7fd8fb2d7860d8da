using System.Text.Json;
using ImgApi.Domain.Images;
using ImgApi.Domain.Text;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads <c>manifest.json</c>, written by this server, by trondn/imgapi or by hand.</summary>
internal static class ManifestReader
{
    public const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Format = new() { MaxDepth = MaxDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <param name="uuid">The folder's name, which counts.</param>
    /// <param name="json">The manifest.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="publishedAt">What stands in for a missing <c>published_at</c> of an activated image, given its content's time.</param>
    /// <exception cref="BrokenManifestException">It is not JSON, or not a manifest.</exception>
    public static StoredManifest Read(Uuid uuid, ReadOnlyMemory<byte> json, FolderListing folder, Func<DateTimeOffset, Timestamp> publishedAt)
    {
        using var document = Parse(json);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            throw new BrokenManifestException("its manifest.json is not a JSON object");
        }

        return Read(uuid, root, folder, publishedAt);
    }

    /// <summary>The uuid that a manifest says; null if it says none, or is no manifest.</summary>
    public static Uuid? UuidIn(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && Uuid.TryParse(new ManifestFields(root).Text("uuid"), out var uuid) ? uuid : null;
        }
        catch (Exception e) when (e is BrokenManifestException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json, Format);
        }
        catch (JsonException fault)
        {
            throw new BrokenManifestException($"its manifest.json is not JSON: {JsonFault.Describe(json.Span, fault)}");
        }
    }

    private static StoredManifest Read(Uuid uuid, JsonElement root, FolderListing folder, Func<DateTimeOffset, Timestamp> publishedAt)
    {
        var fields = new ManifestFields(root);
        var record = PrivateRecord.Member(root, PrivateRecord.Key);
        var notes = new ReadingNotes();
        CheckUuid(fields, uuid, notes);
        var (activated, label) = StateReader.Read(fields, record);
        var (file, fileLeftovers) = new FileReader(fields, folder, notes).Read(record);
        var details = DetailsReader.Read(fields);
        if (activated && details.PublishedAt is null)
        {
            details = details with { PublishedAt = notes.FromContent(publishedAt(ContentTime(file, folder))) };
        }

        var image = Image.Restore(uuid, details, activated, label, file, IconReader.Read(fields, folder, record, notes));
        return new StoredManifest(image, Leftovers(root, fields, fileLeftovers, image), Superseded(record), notes);
    }

    private static void CheckUuid(ManifestFields fields, Uuid uuid, ReadingNotes notes)
    {
        if (fields.Text("uuid") is { } other && other != uuid.ToString())
        {
            notes.Odd($"its manifest has the uuid {other}; the folder's name counts");
        }
    }

    private static DateTimeOffset ContentTime(ImageFile? file, FolderListing folder) =>
        ((file?.Content is { } content ? folder.Find(content.Value) : null) ?? folder.Find(FileNames.Manifest))?.LastWriteTimeUtc
        ?? DateTimeOffset.UnixEpoch;

    private static ManifestLeftovers Leftovers(JsonElement root, ManifestFields fields, FileLeftovers? file, Image image)
    {
        var unknown = fields.All
            .Where(field => !PublicManifest.Keys.Contains(field.Key) && field.Key != PrivateRecord.Key)
            .Select(field => KeyValuePair.Create(field.Key, field.Value.Clone()))
            .ToArray();
        if (unknown.Length == 0 && fields.Unused.Count == 0 && file is null)
        {
            return ManifestLeftovers.None;
        }

        var written = PublicManifest.Of(image);
        var unused = fields.Unused.Select(key => new UnusedValue(key, root.GetProperty(key).Clone(), written[key]?.DeepClone())).ToArray();
        return new ManifestLeftovers { Unknown = unknown, Unused = unused, File = file };
    }

    private static IReadOnlyList<string> Superseded(JsonElement? record) =>
        record is { } own && own.TryGetProperty("superseded", out _) ? new ManifestFields(own).Texts("superseded") ?? [] : [];
}
