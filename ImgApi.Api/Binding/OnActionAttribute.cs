using Microsoft.AspNetCore.Mvc.ActionConstraints;

namespace ImgApi.Api.Binding;

/// <summary>
/// The method handles the requests to its route whose query parameter <c>action</c> is this word. The method of the route without this
/// attribute handles all others.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnActionAttribute(string word) : Attribute, IActionConstraint
{
    public string Word { get; } = word;

    public int Order => 0;

    public bool Accept(ActionConstraintContext context) => WireQuery.Of(context.RouteContext.HttpContext).Text("action") == Word;
}
