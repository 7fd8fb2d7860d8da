using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the answers that are raw bytes, whole and in part.</summary>
internal sealed class BinaryResponseFilter : IOperationFilter
{
    /// <summary>The schema of raw bytes.</summary>
    public static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<BinaryResponseAttribute>() is not { } binary)
        {
            return;
        }

        operation.Responses ??= [];
        operation.Responses["200"] = Answer("The stored bytes, with Etag, Last-Modified and Content-MD5.", binary);
        operation.Responses["206"] = Answer("The range that was asked for.", binary);
    }

    private static OpenApiResponse Answer(string description, BinaryResponseAttribute binary) => new()
    {
        Description = description,
        Content = binary.ContentTypes.ToDictionary(type => type, _ => (IOpenApiMediaType)new OpenApiMediaType { Schema = Bytes() }),
    };
}
