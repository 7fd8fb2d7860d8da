using ImgApi.Api.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows which operations take credentials, and which can do without.</summary>
internal sealed class CredentialsFilter : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var attributes = context.MethodInfo.GetCustomAttributes(true).Concat(context.MethodInfo.DeclaringType!.GetCustomAttributes(true)).ToArray();
        if (attributes.OfType<AllowAnonymousAttribute>().Any())
        {
            return;
        }

        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(BasicAuthenticationHandler.SchemeName, context.Document)] = [],
            },
        ];
        if (attributes.OfType<AuthorizeAttribute>().All(attribute => attribute.Policy == Policies.Read))
        {
            // An empty requirement is OpenAPI's way to say "or none".
            operation.Security.Add([]);
        }
    }
}
