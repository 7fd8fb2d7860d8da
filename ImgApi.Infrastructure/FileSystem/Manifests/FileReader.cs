using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads the description of an image's file from <c>files[0]</c>, the private record and the folder.</summary>
internal sealed class FileReader(ManifestDocument document, FolderListing folder, ReadingNotes notes)
{
    private const string Field = "files";

    private static readonly HashSet<string> EntryMembers = ["sha1", "size", "compression", "dataset_guid"];

    public (ImageFile? File, FileLeftovers? Leftovers) Read(JsonElement record)
    {
        var files = document[Field];
        if (!files.IsGiven() || (files.ValueKind == JsonValueKind.Array && files.GetArrayLength() == 0))
        {
            return default;
        }

        if (files.ValueKind != JsonValueKind.Array || files[0].Member("sha1").AsLenientText() is not { } sha1)
        {
            document.MarkUnused(Field);
            notes.Warnings.Add("its \"files\" cannot be used");
            return default;
        }

        sha1 = sha1.ToLowerInvariant();
        return Read(files, sha1, PrivateRecord.FindFile(record, sha1));
    }

    private (ImageFile? File, FileLeftovers? Leftovers) Read(JsonElement files, string sha1, JsonElement record)
    {
        var entry = files[0];
        var key = RecordedKey(record) ?? LegacyKey();
        var blob = folder.Find(key.Value);
        var size = entry.Member("size").AsWholeNumber();
        Check(blob, size);
        var file = new ImageFile
        {
            Sha1 = sha1,
            Size = size ?? notes.FromContent(blob?.Length ?? 0),
            Compression = entry.Member("compression").AsLenientText() ?? CompressionOf(blob),
            DatasetGuid = entry.Member("dataset_guid").AsLenientText(),
            Md5 = record.Member("md5").AsLenientText(),
            ModifiedAt = PrivateRecord.ReadModified(record) ?? notes.FromContent(Modified(blob)),
            Digest = record.Member("digest").AsLenientText(),
            UncompressedDigest = record.Member("uncompressed_digest").AsLenientText(),
            Content = key,
            Inspection = InspectionRecord.Read(record),
        };
        return (file, LeftoversOf(files, file));
    }

    private static string CompressionOf(FileInfo? blob) => blob?.Extension switch
    {
        ".gz" => "gzip",
        ".bz2" => "bzip2",
        ".xz" => "xz",
        _ => "none",
    };

    private static FileLeftovers? LeftoversOf(JsonElement files, ImageFile file)
    {
        var members = files[0].EnumerateObject().Where(IsUnused).Select(member => KeyValuePair.Create(member.Name, member.Value.Clone())).ToArray();
        var more = files.EnumerateArray().Skip(1).Select(entry => entry.Clone()).ToArray();
        return members.Length + more.Length == 0 ? null : new FileLeftovers(file.Sha1, members, more);
    }

    private static bool IsUnused(JsonProperty property) =>
        !EntryMembers.Contains(property.Name)
        || (property.Value.IsGiven()
            && (property.Name == "size" ? property.Value.AsWholeNumber() is null : property.Value.AsLenientText() is null));

    /// <summary>A missing file of trondn/imgapi may reappear under another of its names; a file of this server has only one name.</summary>
    private ContentKey? RecordedKey(JsonElement record) =>
        PrivateRecord.ReadContentKey(record) is { } key && (FileNames.IsOwnContent(key.Value) || folder.Find(key.Value) is not null) ? key : null;

    /// <summary>The file of trondn/imgapi, or its default name if there is none.</summary>
    private ContentKey LegacyKey() =>
        new(FileNames.LegacyFiles.FirstOrDefault(name => folder.Find(name) is not null) ?? FileNames.LegacyFile);

    private DateTimeOffset Modified(FileInfo? blob) => (blob ?? folder.Find(FileNames.Manifest))?.LastWriteTimeUtc ?? DateTimeOffset.UnixEpoch;

    private void Check(FileInfo? blob, long? size)
    {
        if (blob is null)
        {
            notes.Warnings.Add("its file is missing; downloads are answered with 404");
        }
        else if (size is not null && size != blob.Length)
        {
            notes.Warnings.Add($"its manifest says that the file has {size} bytes, but {blob.Name} has {blob.Length}");
        }
    }
}
