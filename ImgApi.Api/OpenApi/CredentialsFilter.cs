using ImgApi.Api.Configuration;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows which operations of this server accept or require credentials, and of which kinds.</summary>
internal sealed class CredentialsFilter(ServerConfiguration configuration) : IOperationFilter
{
    private static readonly OpenApiSecurityScheme Basic = new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "basic",
        Description = "Name and password of a user of the server's configuration.",
    };

    private static readonly OpenApiSecurityScheme Signature = new()
    {
        Type = SecuritySchemeType.ApiKey,
        In = ParameterLocation.Header,
        Name = "Authorization",
        Description = "HTTP Signature: "
            + "`Signature keyId=\"USER\",algorithm=\"rsa-sha256\",signature=\"BASE64\"`, "
            + "where the signature is made by a private key of the user over the line `date: VALUE` with the value of the request's "
            + "Date header (or `x-date: VALUE` of x-date), which must be within 300 seconds of the server's time. "
            + "With `headers=\"date (request-target)\"` more is signed, a line for each. The algorithm is that of the key: "
            + "rsa-sha1, rsa-sha256, rsa-sha512, ecdsa-sha256, ecdsa-sha384, ecdsa-sha512 (DER), ed25519.",
    };

    /// <summary>Describes the kinds of credentials that this server accepts.</summary>
    public static void AddDefinitions(SwaggerGenOptions swagger, AuthenticationKind ways)
    {
        if (ways.HasFlag(AuthenticationKind.Basic))
        {
            swagger.AddSecurityDefinition(BasicScheme.SchemeName, Basic);
        }

        if (ways.HasFlag(AuthenticationKind.Signature))
        {
            swagger.AddSecurityDefinition(SignatureScheme.SchemeName, Signature);
        }
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var policy = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AuthorizeAttribute>().LastOrDefault()?.Policy;
        var demand = policy is null ? Demand.Ignored : CredentialsRequirement.ByPolicy[policy].On(configuration);
        if (demand == Demand.Ignored)
        {
            return;
        }

        operation.Security = [];
        AddWay(operation, context, AuthenticationKind.Basic, BasicScheme.SchemeName);
        AddWay(operation, context, AuthenticationKind.Signature, SignatureScheme.SchemeName);
        if (demand == Demand.OptionalButValid)
        {
            // An empty requirement is OpenAPI's way to say "or none".
            operation.Security.Add([]);
        }
    }

    private void AddWay(OpenApiOperation operation, OperationFilterContext context, AuthenticationKind kind, string scheme)
    {
        if (configuration.Authentication.HasFlag(kind))
        {
            operation.Security!.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] });
        }
    }
}
