using System.Reflection;
using System.Text.Json.Nodes;
using ImgApi.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the bodies that MVC does not bind: JSON that actions read themselves, and raw bytes.</summary>
internal sealed class RequestBodyFilter : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var body = context.MethodInfo.GetParameters().FirstOrDefault(parameter => JsonBodyBinder.IsJsonBody(parameter.ParameterType));
        if (body is not null)
        {
            var schema = context.SchemaGenerator.GenerateSchema(body.ParameterType.GetGenericArguments()[0], context.SchemaRepository);
            operation.RequestBody = Body([WireJson.ContentType], schema, BodyText(operation), Examples.Of(operation.OperationId));
        }
        else if (context.MethodInfo.GetCustomAttribute<BinaryRequestAttribute>() is { } binary)
        {
            operation.RequestBody = Body(binary.ContentTypes, BinaryResponseFilter.Bytes(), "The raw bytes.");
        }
    }

    private static string BodyText(OpenApiOperation operation) =>
        operation.OperationId == "ImageAction"
            ? "Update: the fields to change. Import: the manifest, with its uuid. Ignored by the other actions."
            : "The JSON body.";

    private static OpenApiRequestBody Body(IEnumerable<string> types, IOpenApiSchema schema, string description, JsonNode? example = null) =>
        new()
        {
            Description = description,
            Content = types.ToDictionary(type => type, _ => (IOpenApiMediaType)new OpenApiMediaType { Schema = schema, Example = example }),
        };
}
