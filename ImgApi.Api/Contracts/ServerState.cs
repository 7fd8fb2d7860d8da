using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>What AdminGetState tells, for a person who looks for a fault (contract 5.2). Clients rely on nothing in it.</summary>
/// <param name="Cache">The reference's caches; this server has none that could be stale, so they are empty.</param>
/// <param name="Log">The level of the log.</param>
/// <param name="StorageTypes">The storages that hold files.</param>
/// <param name="Db">What the catalogue holds.</param>
public sealed record ServerState(
    [property: JsonPropertyName("cache")] IReadOnlyDictionary<string, object> Cache,
    [property: JsonPropertyName("log")] LogState Log,
    [property: JsonPropertyName("storageTypes")] IReadOnlyList<string> StorageTypes,
    [property: JsonPropertyName("db")] CatalogueState Db);

/// <summary>The log.</summary>
/// <param name="Level">10 for trace, 20 for debug, 30 for information, ... 60 for fatal.</param>
public sealed record LogState([property: JsonPropertyName("level")] int Level);

/// <summary>The catalogue.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="ManifestFromUuid">Name, version and state of each image by its uuid.</param>
public sealed record CatalogueState(
    [property: JsonPropertyName("images")] int Images,
    [property: JsonPropertyName("manifestFromUuid")] IReadOnlyDictionary<string, ImageSummary> ManifestFromUuid);

/// <summary>An image in one line.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="State">State.</param>
public sealed record ImageSummary(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("state")] string State);
