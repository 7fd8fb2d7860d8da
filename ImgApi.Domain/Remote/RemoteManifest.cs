using System.Buffers;
using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Domain.Remote;

/// <summary>A manifest from another server: a JSON object with the requested UUID, otherwise unchecked.</summary>
/// <param name="Json">The object.</param>
public sealed record RemoteManifest(JsonElement Json)
{
    private const int Sha1Length = 40;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether its state is active.</summary>
    public bool IsActive => Json.Member("state").AsText() == ImageState.Active;

    /// <summary>Whether both describe the same image. Compares only fields that an import copies unchanged and users do not edit.</summary>
    public bool DescribesSameImage(Image image)
    {
        var details = ManifestCodec.Details(new ManifestDocument(Json));
        return details.Name == image.Details.Name && details.Version == image.Details.Version && details.Type == image.Details.Type;
    }

    /// <summary>The owner; null if it has none.</summary>
    public Uuid? Owner => Json.Member("owner").AsUuid();

    /// <summary>The image that it is based on; null if there is none.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it is not a UUID.</exception>
    public Uuid? Origin => Json.Member("origin") is var origin && !origin.IsGiven() ? null
        : origin.AsUuid() ?? throw RemoteErrors.InvalidField("origin", "the manifest's origin is not a UUID");

    /// <summary>Whether the image has an icon.</summary>
    public bool HasIcon => Json.Member("icon").ValueKind == JsonValueKind.True;

    /// <summary>The file.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it is missing or its description is invalid.</exception>
    public RemoteFile File
    {
        get
        {
            if (Json.Member("files") is not { ValueKind: JsonValueKind.Array } files || files.GetArrayLength() == 0)
            {
                throw RemoteErrors.InvalidField("files", "the image has no file");
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

        if (entry.Member("sha1").AsText()?.ToLowerInvariant() is not { Length: Sha1Length } sha1 || sha1.AsSpan().ContainsAnyExcept(LowerHex))
        {
            throw Wrong("files[0].sha1", $"is not a SHA-1, which is {Sha1Length} hex digits");
        }

        if (entry.Member("compression").AsText() is not { } compression || !Compression.All.Contains(compression))
        {
            throw Wrong("files[0].compression", $"is not one of {string.Join(", ", Compression.All)}");
        }

        return entry.Member("size").AsWholeNumber() is >= 1 and var size
            ? new RemoteFile(sha1, size, compression, entry.Member("dataset_guid").AsText())
            : throw Wrong("files[0].size", "is not a number of bytes, at least 1");
    }

    private static ImgApiException Wrong(string field, string reason) => RemoteErrors.InvalidField(field, $"the manifest's {field} {reason}");
}

/// <summary>The description of a file in a remote manifest.</summary>
/// <param name="Sha1">Lower-case hex SHA-1.</param>
/// <param name="Size">Bytes, at least 1.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>.</param>
/// <param name="DatasetGuid">GUID of the ZFS snapshot; null if unknown.</param>
public sealed record RemoteFile(string Sha1, long Size, string Compression, string? DatasetGuid);
