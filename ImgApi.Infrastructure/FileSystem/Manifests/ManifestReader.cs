using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Reads a <c>manifest.json</c> that was written by this server, by trondn/imgapi or by hand. <see cref="ManifestCodec"/> reads the fields;
/// this class adds what only a data folder has.
/// </summary>
internal static class ManifestReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <param name="uuid">The folder's name, which overrides the manifest.</param>
    /// <param name="publishedAt">Returns the replacement for a missing <c>published_at</c> of an activated image, given its content's time.</param>
    /// <exception cref="BrokenManifestException">It is not JSON, or not a manifest.</exception>
    public static StoredManifest Read(Uuid uuid, ReadOnlyMemory<byte> json, FolderListing folder, Func<DateTimeOffset, Timestamp> publishedAt)
    {
        using var parsed = Parse(json);
        return Read(uuid, Document(parsed), folder, publishedAt);
    }

    /// <summary>The UUID in a manifest; null if it has none or is invalid.</summary>
    public static Uuid? UuidIn(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var parsed = Parse(json);
            return parsed.RootElement.Member("uuid").AsUuid();
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
            return JsonDocument.Parse(json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json, ManifestDocument.Format);
        }
        catch (JsonException fault)
        {
            throw new BrokenManifestException($"its manifest.json is not JSON: {JsonFault.Describe(json.Span, fault)}");
        }
    }

    private static ManifestDocument Document(JsonDocument parsed) => parsed.RootElement is { ValueKind: JsonValueKind.Object } root
        ? new ManifestDocument(root)
        : throw new BrokenManifestException("its manifest.json is not a JSON object");

    private static StoredManifest Read(Uuid uuid, ManifestDocument document, FolderListing folder, Func<DateTimeOffset, Timestamp> publishedAt)
    {
        var record = PrivateRecord.Find(document);
        var notes = new ReadingNotes();
        CheckUuid(document, uuid, notes);
        var (activated, label) = StateOf(document, record);
        var (file, fileLeftovers) = new FileReader(document, folder, notes).Read(record);
        var details = DetailsOf(document);
        if (activated && details.PublishedAt is null)
        {
            details = details with { PublishedAt = notes.FromContent(publishedAt(ContentTime(file, folder))) };
        }

        var image = Image.Restore(uuid, details, activated, label, file, IconReader.Read(document, folder, record, notes))
            .PublishedBy(PrivateRecord.ReadPublisher(record))
            .WithApproval(activated ? null : ApprovalRecord.Read(record));
        return new StoredManifest(image, ManifestLeftovers.From(document, fileLeftovers, image), PrivateRecord.ReadSuperseded(record), notes);
    }

    /// <summary>trondn/imgapi marks a disabled image by its state alone (contract 9.3).</summary>
    private static ImageDetails DetailsOf(ManifestDocument document)
    {
        var details = ManifestCodec.Details(document);
        return document["disabled"].AsBoolean() is null && document["state"].AsText() == ImageState.Disabled
            ? details with { Disabled = true }
            : details;
    }

    /// <exception cref="BrokenManifestException">The state is unknown, and there is no private record of it.</exception>
    private static (bool Activated, string? Label) StateOf(ManifestDocument document, JsonElement record)
    {
        var state = (string?)document.Read("state", FieldKind.Text);
        if (record.Member("activated").AsBoolean() is { } activated && state is not null && ImageState.All.Contains(state))
        {
            return (activated, state);
        }

        return state switch
        {
            null or ImageState.Unactivated => (false, null),
            // trondn/imgapi writes "activated" when it enables an image.
            ImageState.Active or ImageState.Disabled or "activated" => (true, null),
            _ => throw new BrokenManifestException($"its manifest has the unknown state \"{state}\""),
        };
    }

    private static void CheckUuid(ManifestDocument document, Uuid uuid, ReadingNotes notes)
    {
        if (document.Read("uuid", FieldKind.Text) is string other && other != uuid.ToString())
        {
            notes.Warnings.Add($"its manifest has the UUID {other}; the folder's name is used");
        }
    }

    private static DateTimeOffset ContentTime(ImageFile? file, FolderListing folder) =>
        ((file?.Content is { } content ? folder.Find(content.Value) : null) ?? folder.Find(FileNames.Manifest))?.LastWriteTimeUtc
        ?? DateTimeOffset.UnixEpoch;
}
