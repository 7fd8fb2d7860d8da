using Microsoft.AspNetCore.Mvc.ActionConstraints;

namespace ImgApi.Api.Binding;

/// <summary>The method answers browsers. The method of the route without this attribute answers all other clients.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForBrowsersAttribute : Attribute, IActionConstraint
{
    public int Order => 0;

    public bool Accept(ActionConstraintContext context) => Browsers.Sent(context.RouteContext.HttpContext.Request);
}
