using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ImgApi.Api.Controllers;

/// <summary>
/// Finds the controllers, which are internal. <see cref="ChannelsController"/> exists only on a server with channels (contract 8.1),
/// <see cref="ImageCloneController"/> only in mode <c>dc</c> (0.1), and those with views, the pages, only if they are switched on.
/// </summary>
internal sealed class ControllerFinder(ServerRules rules, bool hasPages) : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) =>
        typeInfo.IsSubclassOf(typeof(ControllerBase)) && !typeInfo.IsAbstract
        && (hasPages || !typeInfo.IsSubclassOf(typeof(Controller)))
        && (rules.Channels.Exist || typeInfo != typeof(ChannelsController))
        && (rules.Mode == ServerMode.Dc || typeInfo != typeof(ImageCloneController));
}
