using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>A manifest in a request has the fields of <see cref="ManifestSchema"/>, and any others.</summary>
internal sealed class ManifestBodyFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema body && context.Type == typeof(ManifestBody))
        {
            body.Properties = ManifestSchema.Fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)Schema(field.Kind.Shape, field.About));
            body.AdditionalPropertiesAllowed = true;
            body.AdditionalProperties = new OpenApiSchema();
        }
    }

    private static OpenApiSchema Schema(Type type, string description) => new()
    {
        Description = description,
        Type = type == typeof(string[]) ? JsonSchemaType.Array
            : type == typeof(string) ? JsonSchemaType.String
            : type == typeof(bool) ? JsonSchemaType.Boolean
            : type == typeof(JsonElement) ? null
            : JsonSchemaType.Integer,
        Items = type == typeof(string[]) ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
    };
}
