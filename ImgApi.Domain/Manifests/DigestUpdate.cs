using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// Updates the digests of the file: the only change of <c>files</c> that an update may make. All other members must have their stored values
/// (contract 5.15, step 5; 2.4 for an image without a file).
/// </summary>
internal static class DigestUpdate
{
    private const string Digest = "digest";
    private const string UncompressedDigest = "uncompressedDigest";

    /// <summary>Whether <paramref name="files"/> changes only digests.</summary>
    public static bool IsAllowed(ImageFile? file, JsonElement files)
    {
        if (file is null || files is not { ValueKind: JsonValueKind.Array } || files.GetArrayLength() != 1
            || files[0].ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        return files[0].EnumerateObject().All(member => member.Name switch
        {
            Digest or UncompressedDigest => member.Value.ValueKind == JsonValueKind.String,
            "sha1" => member.Value.AsText() == file.Sha1,
            "size" => member.Value.AsWholeNumber() == file.Size,
            "compression" => member.Value.AsText() == file.Compression,
            "dataset_guid" => member.Value.AsText() == file.DatasetGuid,
            _ => false,
        });
    }

    /// <summary>The file with the digests of an allowed update.</summary>
    public static ImageFile? Apply(ImageFile? file, JsonElement files) =>
        file is null || !files.IsGiven()
            ? file
            : file with
            {
                Digest = files[0].Member(Digest).AsText() ?? file.Digest,
                UncompressedDigest = files[0].Member(UncompressedDigest).AsText() ?? file.UncompressedDigest,
            };
}
