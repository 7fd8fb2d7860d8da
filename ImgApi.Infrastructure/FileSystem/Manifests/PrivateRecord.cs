using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// The object <c>imgapi</c> in a stored manifest, which the API never shows. Its presence means that this server wrote the manifest.
/// </summary>
internal static class PrivateRecord
{
    public const string Key = "imgapi";

    private const string PublisherKey = "publisher";
    private const string SupersededKey = "superseded";
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Write(Utf8JsonWriter writer, Image image, IReadOnlyList<string> superseded)
    {
        writer.WriteStartObject(Key);
        writer.WriteTextIfAny(PublisherKey, image.Publisher);
        ApprovalRecord.Write(writer, image.Approval);
        WriteFile(writer, image.File);
        WriteIcon(writer, image.Icon);
        if (image.Label is not null)
        {
            writer.WriteBoolean("activated", image.Activated);
        }

        if (superseded.Count > 0)
        {
            writer.WritePropertyName(SupersededKey);
            FieldKind.Texts.Write(writer, superseded);
        }

        writer.WriteEndObject();
    }

    /// <summary>The record of a manifest; undefined if there is none.</summary>
    public static JsonElement Find(ManifestDocument document) => document[Key] is { ValueKind: JsonValueKind.Object } record ? record : default;

    public static string? ReadPublisher(JsonElement record) => record.Member(PublisherKey).AsText();

    /// <summary>The record of a file; undefined if there is none, or if it belongs to another file.</summary>
    public static JsonElement FindFile(JsonElement record, string sha1) =>
        record.Member("file") is var file && file.Member("sha1").AsLenientText() == sha1 ? file : default;

    /// <summary>Names of replaced content; see <see cref="FileNames.Superseded"/>.</summary>
    public static IReadOnlyList<string> ReadSuperseded(JsonElement record) =>
        record.Member(SupersededKey) is var names && names.IsGiven() ? (IReadOnlyList<string>?)FieldKind.Texts.Read(names).Value ?? [] : [];

    /// <summary>The key of a content; null if it is not a name of this server or of trondn/imgapi.</summary>
    public static ContentKey? ReadContentKey(JsonElement record) =>
        record.Member("content").AsLenientText() is { } name && FileNames.IsContent(name) ? new ContentKey(name) : null;

    public static DateTimeOffset? ReadModified(JsonElement record) =>
        DateTimeOffset.TryParseExact(
            record.Member("modified").AsText(), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;

    private static void WriteFile(Utf8JsonWriter writer, ImageFile? file)
    {
        if (file is null)
        {
            return;
        }

        writer.WriteStartObject("file");
        writer.WriteTextIfAny("content", file.Content?.Value);
        writer.WriteString("sha1", file.Sha1);
        writer.WriteTextIfAny("md5", file.Md5);
        writer.WriteString("modified", InstantText(file.ModifiedAt));
        writer.WriteTextIfAny("digest", file.Digest);
        writer.WriteTextIfAny("uncompressed_digest", file.UncompressedDigest);
        InspectionRecord.Write(writer, file.Inspection);
        writer.WriteEndObject();
    }

    private static void WriteIcon(Utf8JsonWriter writer, ImageIcon? icon)
    {
        if (icon is null)
        {
            return;
        }

        writer.WriteStartObject("icon");
        writer.WriteString("content", icon.Content.Value);
        writer.WriteString("content_type", icon.ContentType);
        writer.WriteNumber("size", icon.Size);
        writer.WriteTextIfAny("sha1", icon.Sha1);
        writer.WriteTextIfAny("md5", icon.Md5);
        writer.WriteString("modified", InstantText(icon.ModifiedAt));
        writer.WriteEndObject();
    }

    private static string InstantText(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
}
