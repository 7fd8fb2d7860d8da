using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The channels of the server.</summary>
[Tags(ApiTags.Channels)]
public sealed class ChannelsController : ImgApiController
{
    /// <summary>Lists the channels, in the order of the configuration.</summary>
    [HttpGet("/channels", Name = "ListChannels")]
    [OnlyWithChannels]
    [Authorize(Policies.Read)]
    [ProducesResponseType<IReadOnlyList<ChannelEntry>>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized))]
    public IActionResult List()
    {
        var channels = Rules.Channels;
        return new WireResult<ChannelEntry[]>(
            [.. channels.All.Select(channel => new ChannelEntry(channel.Name, channel.Description, channel == channels.Default ? true : null))]);
    }
}
