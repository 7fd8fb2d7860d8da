using System.Text.Json.Nodes;

namespace ImgApi.Api.OpenApi;

/// <summary>Bodies that work when tried, by operation.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["CreateImage"] = """
            {
              "name": "couchbase-server",
              "version": "4.5.0-snapshot",
              "description": "Snapshot of Couchbase Server 4.5.0 Community Edition",
              "type": "zone-dataset",
              "os": "smartos",
              "requirements": { "networks": [ { "name": "net0", "description": "public" } ] }
            }
            """,
        ["AddImageFileFromUrl"] = """
            { "file_url": "https://images.example.com/couchbase.zfs.gz" }
            """,
        ["ChangeImageAcl"] = """
            [ "930896af-bf8c-48d4-885c-6573a94b1853" ]
            """,
    };

    /// <summary>The example of an operation; null if it has none.</summary>
    public static JsonNode? Of(string? operation) => Bodies.TryGetValue(operation ?? "", out var body) ? JsonNode.Parse(body) : null;
}
