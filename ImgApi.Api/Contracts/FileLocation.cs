using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>Where a file is to be fetched (contract 5.11), not checked yet.</summary>
public sealed class FileLocation
{
    /// <summary>The one key.</summary>
    internal const string Key = "file_url";

    /// <summary>URL of the file; https only.</summary>
    [JsonPropertyName(Key), JsonShape(typeof(string))]
    public JsonElement FileUrl { get; set; }
}
