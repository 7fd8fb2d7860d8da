using ImgApi.Api.Contracts;
using ImgApi.Domain.Manifests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the fields that a manifest in a request can have: those of <see cref="ManifestSchema"/>, and any others.</summary>
internal sealed class ManifestBodyFilter : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema body && context.Type == typeof(ManifestBody))
        {
            body.Properties = ManifestSchema.Fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)JsonShapeFilter.Schema(field.Kind.Shape, field.About));
            body.AdditionalPropertiesAllowed = true;
            body.AdditionalProperties = new OpenApiSchema();
        }
    }
}
