using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// The object <c>imgapi</c> in a stored manifest: what readers of the API do not see. Its presence tells that this server
/// has written the manifest.
/// </summary>
internal static class PrivateRecord
{
    public const string Key = "imgapi";

    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static JsonObject Of(Image image, IReadOnlyList<string> superseded)
    {
        var record = new JsonObject();
        record.AddIf("file", image.File is { } file ? FileOf(file) : null);
        record.AddIf("icon", image.Icon is { } icon ? IconOf(icon) : null);
        record.AddIf("activated", image.Label is null ? null : JsonValue.Create(image.Activated));
        record.AddIf("superseded", superseded.Count > 0 ? Nodes.Of(superseded) : null);
        return record;
    }

    /// <summary>The record of a file; null if there is none, or if it is about another file than the manifest.</summary>
    public static JsonElement? FileIn(JsonElement? record, string sha1) =>
        Member(record, "file") is { } file && Tolerant.Text(file, "sha1") == sha1 ? file : null;

    /// <summary>A member that is an object.</summary>
    public static JsonElement? Member(JsonElement? record, string name) =>
        record is { } given && given.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    /// <summary>A key of a content of which no other key than this server's or trondn's own is believed.</summary>
    public static ContentKey? ContentIn(JsonElement member) =>
        Tolerant.Text(member, "content") is { } name && FileNames.IsContent(name) ? new ContentKey(name) : null;

    public static DateTimeOffset? ModifiedIn(JsonElement member) =>
        DateTimeOffset.TryParseExact(
            Tolerant.Text(member, "modified"), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;

    private static JsonObject FileOf(ImageFile file)
    {
        var record = new JsonObject();
        record.AddIf("content", file.Content?.Value);
        record.Add("sha1", file.Sha1);
        record.AddIf("md5", file.Md5);
        record.Add("modified", InstantText(file.ModifiedAt));
        record.AddIf("digest", file.Digest);
        record.AddIf("uncompressed_digest", file.UncompressedDigest);
        SeenRecord.Add(record, file.Seen);
        return record;
    }

    private static JsonObject IconOf(ImageIcon icon)
    {
        var record = new JsonObject
        {
            ["content"] = icon.Content.Value,
            ["content_type"] = icon.ContentType,
            ["size"] = icon.Size,
        };
        record.AddIf("sha1", icon.Sha1);
        record.AddIf("md5", icon.Md5);
        record.Add("modified", InstantText(icon.ModifiedAt));
        return record;
    }

    private static string InstantText(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
}
