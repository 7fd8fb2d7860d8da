using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>A manifest as callers send it.</summary>
/// <remarks>Only for the API documentation, which takes the fields from <see cref="Domain.Manifests.ManifestSchema"/>.</remarks>
public sealed class ManifestBody;

/// <summary>The location of a file to import (contract 5.11), not validated.</summary>
public sealed class FileLocation
{
    /// <summary>The name of the only member.</summary>
    internal const string Key = "file_url";

    /// <summary>URL of the file; https only.</summary>
    [JsonPropertyName(Key), JsonShape(typeof(string))]
    public JsonElement FileUrl { get; set; }
}
