using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What <c>files</c> says beyond an <see cref="Domain.Images.ImageFile"/>.</summary>
/// <param name="Sha1">The file that it is about.</param>
/// <param name="Members">Members of the first entry that were not used.</param>
/// <param name="MoreFiles">Entries after the first.</param>
internal sealed record FileLeftovers(
    string Sha1,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Members,
    IReadOnlyList<JsonElement> MoreFiles)
{
    /// <summary>The list of an image's one file with these added.</summary>
    public JsonElement AddTo(JsonElement files)
    {
        var entry = JsonObject.Create(files[0])!;
        foreach (var (name, value) in Members)
        {
            entry[name] = Node(value);
        }

        var all = new JsonArray([entry, .. MoreFiles.Select(Node)]);
        return JsonElement.Parse(all.ToJsonString(), Domain.Manifests.ManifestDocument.Format);
    }

    /// <summary>Is written again exactly as it was read, numbers included.</summary>
    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };
}
