using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Domain.Remote;

/// <summary>A manifest from another server: a JSON object with the requested UUID, otherwise unchecked.</summary>
public sealed record RemoteManifest(JsonElement Json)
{
    private const int Sha1Length = 40;

    /// <summary>Null if it is missing or not a UUID.</summary>
    public Uuid? Uuid => Json.Member("uuid").AsUuid();

    public bool IsActive => Json.Member("state").AsText() == ImageState.Active;

    /// <summary>Whether both describe the same image. Compares only fields that an import copies unchanged and users do not edit.</summary>
    public bool DescribesSameImage(Image image)
    {
        var details = ManifestCodec.Details(new ManifestDocument(Json));
        return details.Name == image.Details.Name && details.Version == image.Details.Version && details.Type == image.Details.Type;
    }

    public Uuid? Owner => Json.Member("owner").AsUuid();

    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it is not a UUID.</exception>
    public Uuid? Origin => Json.Member("origin") is var origin && !origin.IsGiven() ? null
        : origin.AsUuid() ?? throw RemoteErrors.InvalidField("origin", "the manifest's origin is not a UUID");

    public bool HasIcon => Json.Member("icon").ValueKind == JsonValueKind.True;

    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it is missing or its description is invalid.</exception>
    public RemoteFile File => Json.Member("files") is { ValueKind: JsonValueKind.Array } files && files.GetArrayLength() > 0
        ? FileOf(files[0])
        : throw RemoteErrors.InvalidField("files", "the image has no file");

    private static RemoteFile FileOf(JsonElement entry) => entry.ValueKind == JsonValueKind.Object
        ? new RemoteFile(
            Sha1: entry.Member("sha1").AsText()?.ToLowerInvariant() is { Length: Sha1Length } sha1 && sha1.All(char.IsAsciiHexDigitLower)
                ? sha1
                : throw Wrong("files[0].sha1", $"is not a SHA-1, which is {Sha1Length} hex digits"),
            Compression: entry.Member("compression").AsText() is { } compression && Compression.All.Contains(compression)
                ? compression
                : throw Wrong("files[0].compression", $"is not one of {string.Join(", ", Compression.All)}"),
            Size: entry.Member("size").AsWholeNumber() is >= 1 and var size
                ? size
                : throw Wrong("files[0].size", "is not a number of bytes, at least 1"),
            DatasetGuid: entry.Member("dataset_guid").AsText())
        : throw Wrong("files[0]", "is not an object");

    private static ImgApiException Wrong(string field, string reason) => RemoteErrors.InvalidField(field, $"the manifest's {field} {reason}");
}

/// <param name="Sha1">Lower-case hex.</param>
/// <param name="Size">Bytes, at least 1.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>.</param>
public sealed record RemoteFile(string Sha1, long Size, string Compression, string? DatasetGuid);
