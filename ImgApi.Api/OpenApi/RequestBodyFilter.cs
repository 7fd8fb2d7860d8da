using System.Reflection;
using ImgApi.Api.Binding;
using ImgApi.Api.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the bodies that MVC does not bind: JSON that actions read themselves, and raw bytes.</summary>
internal sealed class RequestBodyFilter : IOperationFilter
{
    private const string ImageAction = "ImageAction";

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var body = context.MethodInfo.GetParameters().FirstOrDefault(parameter => JsonBodyBinder.IsJsonBody(parameter.ParameterType));
        if (body is not null)
        {
            var schema = context.SchemaGenerator.GenerateSchema(body.ParameterType.GetGenericArguments()[0], context.SchemaRepository);
            var content = operation.OperationId == ImageAction
                ? new OpenApiMediaType { Schema = schema, Examples = ActionSamples.All() }
                : new OpenApiMediaType { Schema = schema, Example = Examples.Of(operation.OperationId) };
            operation.RequestBody = Body([WireJson.ContentType], content, BodyText(operation));
        }
        else if (context.MethodInfo.GetCustomAttribute<BinaryRequestAttribute>() is { } binary)
        {
            operation.RequestBody = Body(binary.ContentTypes, new OpenApiMediaType { Schema = BinaryResponseFilter.Bytes() }, "The raw bytes.");
        }
    }

    private static string BodyText(OpenApiOperation operation) =>
        operation.OperationId == ImageAction
            ? "Update: the fields to change. Import: the manifest, with its uuid. Ignored by the other actions."
            : "The JSON body.";

    private static OpenApiRequestBody Body(IEnumerable<string> types, OpenApiMediaType content, string description) =>
        new() { Description = description, Content = types.ToDictionary(type => type, _ => (IOpenApiMediaType)content) };
}
