using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What a manifest says beyond what an <see cref="Image"/> holds. It is written again with every change.</summary>
internal sealed record ManifestLeftovers
{
    /// <summary>The usual case.</summary>
    public static ManifestLeftovers None { get; } = new();

    /// <summary>Keys that this server does not know.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Unknown { get; init; } = [];

    /// <summary>Keys that it knows, with values that it cannot use.</summary>
    public IReadOnlyList<UnusedValue> Unused { get; init; } = [];

    /// <summary>What belongs to the file, as long as the image has that one.</summary>
    public FileLeftovers? File { get; init; }
}

/// <summary>A value that could not be used.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value as it was read.</param>
/// <param name="InsteadOf">What would be written in its place; once that is something else, the key has been set anew.</param>
internal sealed record UnusedValue(string Key, JsonElement Value, JsonNode? InsteadOf);

/// <summary>What <c>files</c> says beyond an <see cref="ImageFile"/>.</summary>
/// <param name="Sha1">The file that it is about.</param>
/// <param name="Keys">Keys of the first entry that were not used.</param>
/// <param name="MoreFiles">Entries after the first.</param>
internal sealed record FileLeftovers(
    string Sha1,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Keys,
    IReadOnlyList<JsonElement> MoreFiles);
