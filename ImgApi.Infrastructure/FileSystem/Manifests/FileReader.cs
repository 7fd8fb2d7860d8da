using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads the file of an image: <c>files[0]</c>, this server's record of it, and where its bytes are.</summary>
internal sealed class FileReader(ManifestFields fields, FolderListing folder, ReadingNotes notes)
{
    private static readonly HashSet<string> EntryKeys = ["sha1", "size", "compression", "dataset_guid"];

    public (ImageFile? File, FileLeftovers? Leftovers) Read(JsonElement? record)
    {
        if (fields.Value("files") is not { } files || files is { ValueKind: JsonValueKind.Array } && files.GetArrayLength() == 0)
        {
            return default;
        }

        if (files.ValueKind != JsonValueKind.Array || Tolerant.Text(files[0], "sha1") is not { } sha1)
        {
            fields.MarkUnused("files");
            notes.Odd("its \"files\" cannot be used");
            return default;
        }

        return Read(files, sha1.ToLowerInvariant(), record);
    }

    private (ImageFile? File, FileLeftovers? Leftovers) Read(JsonElement files, string sha1, JsonElement? record)
    {
        var entry = files[0];
        var known = PrivateRecord.FileIn(record, sha1);
        var key = (known is { } own ? RecordedKey(own) : null) ?? LegacyKey();
        var blob = folder.Find(key.Value);
        var size = Tolerant.Value(entry, "size") is { } given ? Tolerant.Integer(given) : null;
        Check(blob, size);
        var file = new ImageFile
        {
            Sha1 = sha1,
            Size = size ?? notes.FromContent(blob?.Length ?? 0),
            Compression = Tolerant.Text(entry, "compression") ?? CompressionOf(blob),
            DatasetGuid = Tolerant.Text(entry, "dataset_guid"),
            Md5 = known is { } a ? Tolerant.Text(a, "md5") : null,
            ModifiedAt = (known is { } b ? PrivateRecord.ModifiedIn(b) : null) ?? notes.FromContent(Modified(blob)),
            Digest = known is { } c ? Tolerant.Text(c, "digest") : null,
            UncompressedDigest = known is { } d ? Tolerant.Text(d, "uncompressed_digest") : null,
            Content = key,
            Seen = known is { } e ? SeenRecord.In(e) : null,
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
        var keys = files[0].EnumerateObject().Where(IsUnused).Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())).ToArray();
        var more = files.EnumerateArray().Skip(1).Select(entry => entry.Clone()).ToArray();
        return keys.Length == 0 && more.Length == 0 ? null : new FileLeftovers(file.Sha1, keys, more);
    }

    private static bool IsUnused(JsonProperty property) =>
        !EntryKeys.Contains(property.Name)
        || (property.Value.ValueKind != JsonValueKind.Null
            && (property.Name == "size" ? Tolerant.Integer(property.Value) is null : Tolerant.Text(property.Value) is null));

    /// <summary>A lost file of trondn/imgapi may come back under another of its names; one of this server's has one name.</summary>
    private ContentKey? RecordedKey(JsonElement record) =>
        PrivateRecord.ContentIn(record) is { } key && (FileNames.IsOwnContent(key.Value) || folder.Find(key.Value) is not null) ? key : null;

    /// <summary>Where the bytes are, or, if they are nowhere, where trondn/imgapi would have put them.</summary>
    private ContentKey LegacyKey() =>
        new(FileNames.LegacyFiles.FirstOrDefault(name => folder.Find(name) is not null) ?? FileNames.LegacyFile);

    private DateTimeOffset Modified(FileInfo? blob) => (blob ?? folder.Find(FileNames.Manifest))?.LastWriteTimeUtc ?? DateTimeOffset.UnixEpoch;

    private void Check(FileInfo? blob, long? size)
    {
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
