using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The parts of <c>files</c> that an <see cref="ImageFile"/> does not contain.</summary>
/// <param name="Sha1">Identifies the file that they belong to.</param>
/// <param name="Members">Members of the first entry that were not used.</param>
/// <param name="MoreFiles">Entries after the first.</param>
internal sealed record FileLeftovers(
    string Sha1, IReadOnlyList<KeyValuePair<string, JsonElement>> Members, IReadOnlyList<JsonElement> MoreFiles)
{
    /// <summary>Adds the leftovers to the list with an image's file.</summary>
    public JsonElement AddTo(JsonElement files)
    {
        var entry = JsonObject.Create(files[0])!;
        foreach (var (name, value) in Members)
        {
            entry[name] = Node(value);
        }

        var all = new JsonArray([entry, .. MoreFiles.Select(Node)]);
        return JsonElement.Parse(all.ToJsonString(), ManifestDocument.Format);
    }

    /// <summary>Keeps the original text of values, including numbers.</summary>
    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };
}
