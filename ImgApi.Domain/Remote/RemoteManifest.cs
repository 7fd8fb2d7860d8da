using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Domain.Remote;

/// <summary>A manifest as another server sent it: a JSON object about the image that was asked for, not checked beyond that.</summary>
/// <param name="Json">The object.</param>
public sealed record RemoteManifest(JsonElement Json)
{
    private const int Sha1Length = 40;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether the other server shows it as active.</summary>
    public bool IsActive => Text(Json, "state") == ImageState.Active;

    /// <summary>Whether it is about the same thing as an image here: what an import takes over unchanged, and nobody would change to go on.</summary>
    public bool IsOf(Image image) =>
        TextOrNumber(Json, "name") == image.Details.Name && TextOrNumber(Json, "version") == image.Details.Version
        && Text(Json, "type") == image.Details.Type;

    /// <summary>Its owner there; null if it says none.</summary>
    public Uuid? Owner => Uuid.TryParse(Text(Json, "owner"), out var uuid) ? uuid : null;

    /// <summary>The image that it is an increment of; null if it stands alone.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it names something that is no image.</exception>
    public Uuid? Origin => Given(Json, "origin") is not { } origin ? null
        : origin.ValueKind == JsonValueKind.String && Uuid.TryParse(origin.GetString(), out var uuid) ? uuid
        : throw RemoteErrors.WrongField("origin", "the manifest's origin is not a UUID");

    /// <summary>Whether it says that the image has an icon.</summary>
    public bool HasIcon => Given(Json, "icon") is { ValueKind: JsonValueKind.True };

    /// <summary>Its file.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it has none, or if what it says about it is not usable.</exception>
    public RemoteFile File
    {
        get
        {
            if (Given(Json, "files") is not { ValueKind: JsonValueKind.Array } files || files.GetArrayLength() == 0)
            {
                throw RemoteErrors.WrongField("files", "the image has no file");
            }

            return FileOf(files[0]);
        }
    }

    private static RemoteFile FileOf(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("files[0]", "is not an object");
        }

        if (Text(entry, "sha1")?.ToLowerInvariant() is not { Length: Sha1Length } sha1 || sha1.AsSpan().ContainsAnyExcept(LowerHex))
        {
            throw Wrong("files[0].sha1", $"is not a SHA-1, which is {Sha1Length} hex digits");
        }

        if (Text(entry, "compression") is not { } compression || !Compression.All.Contains(compression))
        {
            throw Wrong("files[0].compression", $"is not one of {string.Join(", ", Compression.All)}");
        }

        return SizeOf(entry) is { } size
            ? new RemoteFile(sha1, size, compression, Text(entry, "dataset_guid"))
            : throw Wrong("files[0].size", "is not a number of bytes, at least 1");
    }

    private static ImgApiException Wrong(string field, string reason) => RemoteErrors.WrongField(field, $"the manifest's {field} {reason}");

    /// <summary>Bytes, also as <c>3.79882274e+08</c>, which is how trondn/imgapi writes them (contract 12.1), and as text.</summary>
    private static long? SizeOf(JsonElement entry) =>
        decimal.TryParse(TextOrNumber(entry, "size"), NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
        && decimal.Truncate(size) == size && size is >= 1 and <= long.MaxValue
            ? (long)size
            : null;

    private static string? Text(JsonElement json, string key) =>
        Given(json, key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static string? TextOrNumber(JsonElement json, string key) =>
        Given(json, key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(json, key);

    private static JsonElement? Given(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

/// <summary>What a remote manifest says about its file.</summary>
/// <param name="Sha1">Lower-case hex SHA-1.</param>
/// <param name="Size">Bytes, at least 1.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>.</param>
/// <param name="DatasetGuid">GUID of the ZFS snapshot; null if it says none.</param>
public sealed record RemoteFile(string Sha1, long Size, string Compression, string? DatasetGuid);
