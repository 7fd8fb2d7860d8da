using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImgApi.Api.Contracts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows for a member that is JSON what it holds: the shape of its <see cref="JsonShapeAttribute"/>.</summary>
internal sealed class JsonShapeFilter : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
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

    /// <summary>The schema of a shape.</summary>
    /// <param name="type">See <see cref="JsonShapeAttribute"/>.</param>
    /// <param name="description">What the member holds, for a person.</param>
    public static OpenApiSchema Schema(Type type, string? description)
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
