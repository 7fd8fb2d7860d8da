using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ImgApi.Api.Binding;

/// <summary>Every GET route also answers HEAD, with the same headers and no body (contract 1.4).</summary>
internal sealed class HeadConvention : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        foreach (var selector in action.Selectors)
        {
            var constraint = selector.ActionConstraints.OfType<HttpMethodActionConstraint>().FirstOrDefault();
            if (constraint?.HttpMethods.Contains(HttpMethods.Get) == true)
            {
                string[] methods = [.. constraint.HttpMethods, HttpMethods.Head];
                selector.ActionConstraints.Remove(constraint);
                selector.ActionConstraints.Add(new HttpMethodActionConstraint(methods));
                var metadata = selector.EndpointMetadata.OfType<HttpMethodMetadata>().FirstOrDefault();
                selector.EndpointMetadata.Remove(metadata!);
                selector.EndpointMetadata.Add(new HttpMethodMetadata(methods));
            }
        }
    }
}
