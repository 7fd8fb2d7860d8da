using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads the file of an image: <c>files[0]</c>, this server's record of it, and where its bytes are.</summary>
/// <param name="document">The manifest.</param>
/// <param name="folder">The image's folder; null for a manifest that is read without it.</param>
/// <param name="notes">What is noticed.</param>
internal sealed class FileReader(ManifestDocument document, FolderListing? folder, ReadingNotes notes)
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
            notes.Odd("its \"files\" cannot be used");
            return default;
        }

        sha1 = sha1.ToLowerInvariant();
        return Read(files, sha1, PrivateRecord.FileIn(record, sha1));
    }

    private (ImageFile? File, FileLeftovers? Leftovers) Read(JsonElement files, string sha1, JsonElement record)
    {
        var entry = files[0];
        var key = RecordedKey(record) ?? LegacyKey();
        var blob = folder?.Find(key.Value);
        var size = entry.Member("size").AsWholeNumber();
        Check(blob, size);
        var file = new ImageFile
        {
            Sha1 = sha1,
            Size = size ?? notes.FromContent(blob?.Length ?? 0),
            Compression = entry.Member("compression").AsLenientText() ?? CompressionOf(blob),
            DatasetGuid = entry.Member("dataset_guid").AsLenientText(),
            Md5 = record.Member("md5").AsLenientText(),
            ModifiedAt = PrivateRecord.ModifiedIn(record) ?? notes.FromContent(Modified(blob)),
            Digest = record.Member("digest").AsLenientText(),
            UncompressedDigest = record.Member("uncompressed_digest").AsLenientText(),
            Content = key,
            Seen = SeenRecord.In(record),
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
        List<KeyValuePair<string, JsonElement>>? members = null;
        foreach (var member in files[0].EnumerateObject())
        {
            if (IsUnused(member))
            {
                (members ??= []).Add(KeyValuePair.Create(member.Name, member.Value.Clone()));
            }
        }

        var more = files.GetArrayLength() > 1 ? files.EnumerateArray().Skip(1).Select(entry => entry.Clone()).ToArray() : [];
        return members is null && more.Length == 0 ? null : new FileLeftovers(file.Sha1, members ?? [], more);
    }

    private static bool IsUnused(JsonProperty property) =>
        !EntryMembers.Contains(property.Name)
        || (property.Value.IsGiven()
            && (property.Name == "size" ? property.Value.AsWholeNumber() is null : property.Value.AsLenientText() is null));

    /// <summary>A lost file of trondn/imgapi may come back under another of its names; one of this server's has one name.</summary>
    private ContentKey? RecordedKey(JsonElement record) =>
        PrivateRecord.ContentIn(record) is { } key && (folder is null || FileNames.IsOwnContent(key.Value) || folder.Find(key.Value) is not null) ? key : null;

    /// <summary>Where the bytes are, or, if they are nowhere, where trondn/imgapi would have put them.</summary>
    private ContentKey LegacyKey() =>
        new(FileNames.LegacyFiles.FirstOrDefault(name => folder?.Find(name) is not null) ?? FileNames.LegacyFile);

    private DateTimeOffset Modified(FileInfo? blob) => (blob ?? folder?.Find(FileNames.Manifest))?.LastWriteTimeUtc ?? DateTimeOffset.UnixEpoch;

    private void Check(FileInfo? blob, long? size)
    {
        if (folder is null)
        {
            return;
        }

        if (blob is null)
        {
            notes.Odd("the bytes of its file are missing; downloads are answered 404");
        }
        else if (size is not null && size != blob.Length)
        {
            notes.Odd($"its manifest says that the file has {size} bytes, but {blob.Name} has {blob.Length}");
        }
    }
}
