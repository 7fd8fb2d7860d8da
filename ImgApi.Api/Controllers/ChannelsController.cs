namespace ImgApi.Api.Controllers;

/// <summary>The channels of the server.</summary>
[Tags(ApiTags.Channels)]
internal sealed class ChannelsController(ServerRules rules) : ImgApiController
{
    /// <summary>Lists the channels, in the order of the configuration.</summary>
    [HttpRead("/channels", Name = "ListChannels")]
    [Authorize(Policies.Read)]
    public ActionResult<ChannelEntry[]> List() => rules.Channels.All
        .Select(channel => new ChannelEntry(channel.Name, channel.Description, channel == rules.Channels.Default ? true : null))
        .ToArray();
}

/// <summary>A channel in the answer of ListChannels (contract 5.5).</summary>
/// <param name="Name">Name in queries and manifests.</param>
/// <param name="Description">Purpose of the channel.</param>
/// <param name="Default">true for the channel of requests that name none; absent for the others.</param>
internal sealed record ChannelEntry(string Name, string Description, bool? Default);
