using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>A channel in the answer of ListChannels (contract 5.5).</summary>
/// <param name="Name">Its name in queries and manifests.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Default">true for the channel of requests that name none; absent for the others.</param>
public sealed record ChannelEntry(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("default")] bool? Default);
