using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ImgApi.Api.Controllers;

/// <summary>
/// Finds the controllers, which are internal. <see cref="ChannelsController"/> exists only on a server with channels (contract 8.1),
/// <see cref="ImageCloneController"/> only in mode <c>dc</c> (0.1).
/// </summary>
internal sealed class ControllerFinder(ServerRules rules) : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) =>
        typeInfo.IsSubclassOf(typeof(ControllerBase)) && !typeInfo.IsAbstract
        && (rules.Channels.Exist || typeInfo != typeof(ChannelsController))
        && (rules.Mode == ServerMode.Dc || typeInfo != typeof(ImageCloneController));
}
