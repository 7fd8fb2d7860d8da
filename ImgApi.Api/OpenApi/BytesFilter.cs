using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The body of a GET's answer, or of another request, is raw bytes; for the API documentation.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BytesAttribute(params string[] contentTypes) : Attribute
{
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}

/// <summary>Shows the requests and answers that are raw bytes.</summary>
internal sealed class BytesFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<BytesAttribute>()?.ContentTypes is not { } types)
        {
            return;
        }

        if (HttpMethods.IsGet(context.ApiDescription.HttpMethod!))
        {
            operation.Responses!["200"] = Answer("The stored bytes, with Etag, Last-Modified and Content-MD5.", types);
            operation.Responses["206"] = Answer("The requested range.", types);
        }
        else
        {
            operation.RequestBody = new OpenApiRequestBody { Description = "The raw bytes.", Content = Bytes(types) };
        }
    }

    private static OpenApiResponse Answer(string description, IEnumerable<string> types) =>
        new() { Description = description, Content = Bytes(types) };

    private static Dictionary<string, IOpenApiMediaType> Bytes(IEnumerable<string> types) => types.ToDictionary(
        type => type,
        _ => (IOpenApiMediaType)new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
}
