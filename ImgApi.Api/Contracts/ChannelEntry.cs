namespace ImgApi.Api.Contracts;

/// <summary>A channel in the answer of ListChannels (contract 5.5).</summary>
/// <param name="Name">Name in queries and manifests.</param>
/// <param name="Description">Purpose of the channel.</param>
/// <param name="Default">true for the channel of requests that name none; absent for the others.</param>
public sealed record ChannelEntry(string Name, string Description, bool? Default);
