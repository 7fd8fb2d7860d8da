using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The parts of a manifest that an <see cref="Image"/> does not contain. They are written again with every change.</summary>
internal sealed record ManifestLeftovers
{
    public static ManifestLeftovers None { get; } = new();

    public IReadOnlyList<KeyValuePair<string, JsonElement>> Unknown { get; init; } = [];

    /// <summary>Known members with unusable values.</summary>
    public IReadOnlyList<UnusedValue> Unused { get; init; } = [];

    /// <summary>Leftovers of the file, which are dropped when the image gets another file.</summary>
    public FileLeftovers? File { get; init; }

    public static ManifestLeftovers From(ManifestDocument document, FileLeftovers? file, Image image)
    {
        var unknown = document.Names
            .Where(name => ManifestSchema.Find(name) is null && name != PrivateRecord.Key)
            .Select(name => KeyValuePair.Create(name, document[name].Clone()))
            .ToArray();
        if (unknown.Length == 0 && document.Unused.Count == 0 && file is null)
        {
            return None;
        }

        var written = ManifestCodec.Document(image);
        var unused = document.Unused.Select(name => new UnusedValue(name, document[name].Clone(), written[name])).ToArray();
        return new ManifestLeftovers { Unknown = unknown, Unused = unused, File = file };
    }

    /// <summary>Writes an image's members together with the leftovers.</summary>
    public void WriteWith(Utf8JsonWriter writer, Image image)
    {
        var document = ManifestCodec.Document(image);
        if (File is { } file && file.Sha1 == image.File?.Sha1)
        {
            document["files"] = file.AddTo(document["files"]);
        }

        foreach (var unused in Unused.Where(unused => unused.IsStillUnset(document[unused.Name])))
        {
            document[unused.Name] = unused.Value;
        }

        foreach (var (name, value) in Unknown)
        {
            document[name] = value;
        }

        foreach (var (name, value) in document.Members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}

/// <summary>A member with an unusable value.</summary>
/// <param name="Default">
/// The value that this server would write for the field; undefined for none. If it changes, a caller has set the field, and the unusable value
/// is dropped.
/// </param>
internal sealed record UnusedValue(string Name, JsonElement Value, JsonElement Default)
{
    /// <summary>Whether no caller has set the field since it was read.</summary>
    public bool IsStillUnset(JsonElement now) =>
        now.ValueKind == JsonValueKind.Undefined || Default.ValueKind == JsonValueKind.Undefined
            ? now.ValueKind == Default.ValueKind
            : JsonElement.DeepEquals(now, Default);
}
