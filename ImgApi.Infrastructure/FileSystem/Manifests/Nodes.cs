using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Making JSON nodes; what is null is left out of objects.</summary>
internal static class Nodes
{
    /// <summary>Writes out again exactly as it was read, numbers included.</summary>
    public static JsonNode? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };

    public static JsonArray Of(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static void AddIf(this JsonObject target, string key, JsonNode? value)
    {
        if (value is not null)
        {
            target.Add(key, value);
        }
    }

    public static void AddIf(this JsonObject target, string key, JsonElement? value) =>
        target.AddIf(key, value is { } element ? Of(element) : null);
}
