using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ImgApi.Api.Binding;

/// <summary>Removes the routes that a server with these rules does not have, so that they are unknown paths (contract 0.1, 8.1).</summary>
internal sealed class OptionalRoutes(ServerRules rules) : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        foreach (var controller in application.Controllers)
        {
            foreach (var action in controller.Actions.Where(action => action.Attributes.OfType<OnlyWhereAttribute>().Any(only => !only.Holds(rules))).ToArray())
            {
                controller.Actions.Remove(action);
            }
        }
    }
}

/// <summary>The action exists on some servers only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class OnlyWhereAttribute : Attribute
{
    /// <summary>Whether the action exists on a server with these rules.</summary>
    public abstract bool Holds(ServerRules rules);
}

/// <summary>Only on a server with channels.</summary>
internal sealed class OnlyWithChannelsAttribute : OnlyWhereAttribute
{
    public override bool Holds(ServerRules rules) => rules.Channels.Exist;
}

/// <summary>Only on a server of that mode.</summary>
internal sealed class OnlyInModeAttribute(ServerMode mode) : OnlyWhereAttribute
{
    /// <summary>The mode.</summary>
    public ServerMode Mode { get; } = mode;

    public override bool Holds(ServerRules rules) => rules.Mode == Mode;
}
