using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>
/// Documents what many operations share: the values of <see cref="OneOfAttribute"/>, UUIDs in the path, and the parameters of <see cref="ImageScope"/>.
/// </summary>
internal sealed class QueryParameterFilter : IParameterFilter, IOperationFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is OpenApiParameter shown
            && context.ApiParameterDescription.CustomAttributes().OfType<OneOfAttribute>().FirstOrDefault() is { } choice)
        {
            shown.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. choice.Words.Select(word => JsonValue.Create(word))] };
            shown.Required |= choice.IsRequired;
        }
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var uuid in operation.Parameters?.Where(parameter => parameter.Name == "uuid") ?? [])
        {
            uuid.Description = $"UUID of the {(context.ApiDescription.RelativePath!.StartsWith("jobs", StringComparison.Ordinal) ? "job" : "image")}.";
        }

        foreach (var upload in operation.Parameters?.Where(parameter => parameter.Name == "upload") ?? [])
        {
            upload.Description = "UUID of the upload.";
        }

        if (!context.MethodInfo.GetParameters().Any(parameter => parameter.ParameterType == typeof(ImageScope)))
        {
            return;
        }

        var isRead = HttpMethods.IsGet(context.ApiDescription.HttpMethod!);
        var meaning = $"UUID of the account that asks; {(isRead ? "what it may not see is 404" : "it must own the image")}.";
        var place = $"Name of the channel to look in{(isRead ? ", * for all" : "")}; without it the server's default channel. "
            + "Only with channels configured.";
        var others = operation.Parameters!.Where(parameter => parameter.Name is not ("uuid" or "upload" or "account" or "channel"));
        operation.Parameters =
        [
            .. operation.Parameters!.Where(parameter => parameter.Name is "uuid" or "upload"),
            // An action that requires an account documents it itself.
            operation.Parameters!.FirstOrDefault(parameter => parameter is { Name: "account", Required: true }) ?? Query("account", meaning),
            Query("channel", place),
            .. others,
        ];
    }

    private static OpenApiParameter Query(string name, string meaning) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = meaning,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
