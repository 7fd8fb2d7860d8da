using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>
/// Shows the methods of one route that differ by <see cref="OnActionAttribute"/> as one operation: the summary of the method without the
/// attribute, then that of each action, and the parameters of all.
/// </summary>
internal sealed class MergedActions : IOperationFilter
{
    /// <summary>The one description of the methods of a route.</summary>
    public static ApiDescription Merge(IEnumerable<ApiDescription> methods)
    {
        var all = methods.OrderBy(api => PlaceOf(MethodOf(api))).ToArray();
        var whole = all[0];
        var merged = new ApiDescription
        {
            ActionDescriptor = whole.ActionDescriptor,
            HttpMethod = whole.HttpMethod,
            RelativePath = whole.RelativePath,
        };
        foreach (var parameter in all.SelectMany(api => api.ParameterDescriptions).DistinctBy(parameter => parameter.Name))
        {
            merged.ParameterDescriptions.Add(parameter);
        }

        foreach (var response in all.SelectMany(api => api.SupportedResponseTypes).DistinctBy(response => response.StatusCode))
        {
            merged.SupportedResponseTypes.Add(response);
        }

        merged.Properties[typeof(MergedActions)] = all;
        return merged;
    }

    /// <summary>The descriptions of the methods of an operation; that without <see cref="OnActionAttribute"/> first.</summary>
    public static IReadOnlyList<ApiDescription> All(OperationFilterContext context) =>
        context.ApiDescription.Properties.TryGetValue(typeof(MergedActions), out var all) ? (ApiDescription[])all : [context.ApiDescription];

    public static IReadOnlyList<MethodInfo> Methods(OperationFilterContext context) => [.. All(context).Select(MethodOf)];

    /// <summary>The action of a method; null if it has none.</summary>
    public static string? WordOf(MethodInfo method) => method.GetCustomAttribute<OnActionAttribute>()?.Word;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (All(context) is not { Count: > 1 } all)
        {
            return;
        }

        var least = CredentialsFilter.RoleOf(all[0]);
        var actions = all.Skip(1).Select(api =>
            $"- `{WordOf(MethodOf(api))}`: {PlainComments.Summary(MethodOf(api))}"
            + (CredentialsFilter.RoleOf(api) is { } role && role != least ? $" Needs the role {RoleTable.NameOf(role)}." : ""));
        operation.Description = string.Join("\n", [operation.Description ?? "", "", .. actions]).Trim();
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var words = all.Where(api => api.ParameterDescriptions.Any(own => own.Name == parameter.Name))
                .Select(api => WordOf(MethodOf(api))).ToArray();
            if (words.All(word => word is not null))
            {
                parameter.Description = $"{string.Join(", ", words.Select(word => $"`{word}`"))}: {parameter.Description}";
            }
        }
    }

    private static MethodInfo MethodOf(ApiDescription api) => ((ControllerActionDescriptor)api.ActionDescriptor).MethodInfo;

    private static int PlaceOf(MethodInfo method) =>
        WordOf(method) is { } word ? 1 + ImageActions.OnCreate.Concat(ImageActions.OnImage).ToList().IndexOf(word) : 0;
}
