using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>The answer of AdminGetState, for debugging (contract 5.2). Clients do not rely on it.</summary>
/// <param name="Cache">The reference's caches. This server has no caches that could be stale, so it is empty.</param>
/// <param name="Log">The log.</param>
/// <param name="StorageTypes">The storages that hold files.</param>
/// <param name="Db">The content of the catalogue.</param>
internal sealed record ServerState(
    IReadOnlyDictionary<string, object> Cache,
    LogState Log,
    [property: JsonPropertyName("storageTypes")] IReadOnlyList<string> StorageTypes,
    CatalogueState Db);

/// <summary>The log.</summary>
/// <param name="Level">10 for trace, 20 for debug, 30 for information, ... 60 for fatal.</param>
internal sealed record LogState(int Level);

/// <summary>The catalogue.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="ManifestFromUuid">Name, version and state of each image by its UUID.</param>
internal sealed record CatalogueState(
    int Images, [property: JsonPropertyName("manifestFromUuid")] IReadOnlyDictionary<string, CatalogueEntry> ManifestFromUuid);

/// <summary>An image in one line.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="State">State.</param>
internal sealed record CatalogueEntry(string Name, string Version, string State);
