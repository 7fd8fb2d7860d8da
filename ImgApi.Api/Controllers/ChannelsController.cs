namespace ImgApi.Api.Controllers;

/// <summary>The channels of the server.</summary>
[Tags(ApiTags.Channels)]
public sealed class ChannelsController(ServerRules rules) : ImgApiController
{
    /// <summary>Lists the channels, in the order of the configuration.</summary>
    [HttpGet("/channels", Name = "ListChannels")]
    [OnlyWithChannels]
    [Authorize(Policies.Read)]
    public ActionResult<ChannelEntry[]> List() => rules.Channels.All
        .Select(channel => new ChannelEntry(channel.Name, channel.Description, channel == rules.Channels.Default ? true : null))
        .ToArray();
}
