using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImgApi.Domain.Manifests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>
/// Shows what a member holds that is JSON: the shape of its <see cref="JsonShapeAttribute"/>. A manifest in a request has the fields of
/// <see cref="ManifestSchema"/>, and any others.
/// </summary>
internal sealed class JsonShapeFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema body && context.Type == typeof(ManifestBody))
        {
            body.Properties = ManifestSchema.Fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)Schema(field.Kind.Shape, field.About));
            body.AdditionalPropertiesAllowed = true;
            body.AdditionalProperties = new OpenApiSchema();
        }

        if (schema is not OpenApiSchema { Properties: { } properties })
        {
            return;
        }

        foreach (var member in context.Type.GetProperties())
        {
            var name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
            if (member.GetCustomAttribute<JsonShapeAttribute>() is not { } shape || !properties.TryGetValue(name, out var before))
            {
                continue;
            }

            properties[name] = Schema(shape.Type, before.Description);
        }
    }

    private static OpenApiSchema Schema(Type type, string? description)
    {
        var schema = new OpenApiSchema { Description = description };
        if (type == typeof(string[]))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        else if (type != typeof(JsonElement))
        {
            schema.Type = type == typeof(string) ? JsonSchemaType.String : type == typeof(bool) ? JsonSchemaType.Boolean : JsonSchemaType.Integer;
        }

        return schema;
    }
}
