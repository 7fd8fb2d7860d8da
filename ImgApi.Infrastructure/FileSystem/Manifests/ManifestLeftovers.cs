using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What a manifest says beyond what an <see cref="Image"/> holds. It is written again with every change.</summary>
internal sealed record ManifestLeftovers
{
    /// <summary>The usual case.</summary>
    public static ManifestLeftovers None { get; } = new();

    /// <summary>Members that this server does not know.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Unknown { get; init; } = [];

    /// <summary>Members that it knows, with values that it cannot use.</summary>
    public IReadOnlyList<UnusedValue> Unused { get; init; } = [];

    /// <summary>What belongs to the file, as long as the image has that one.</summary>
    public FileLeftovers? File { get; init; }

    /// <summary>What is left of a manifest once it was read.</summary>
    /// <param name="document">The manifest.</param>
    /// <param name="file">What is left of its file.</param>
    /// <param name="image">The image that it was read as.</param>
    public static ManifestLeftovers Of(ManifestDocument document, FileLeftovers? file, Image image)
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

    /// <summary>Writes an image's members and these.</summary>
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

/// <summary>A value that could not be used.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Value">The value as it was read.</param>
/// <param name="InsteadOf">What is written for the field if nobody has set it since; undefined for nothing.</param>
internal sealed record UnusedValue(string Name, JsonElement Value, JsonElement InsteadOf)
{
    /// <summary>Whether nobody has set the field since it was read, given what would be written for it now.</summary>
    public bool IsStillUnset(JsonElement now) =>
        now.ValueKind == JsonValueKind.Undefined || InsteadOf.ValueKind == JsonValueKind.Undefined
            ? now.ValueKind == InsteadOf.ValueKind
            : JsonElement.DeepEquals(now, InsteadOf);
}
