using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows which operations of this server accept or require credentials, of which kinds, and which role.</summary>
internal sealed class CredentialsFilter(ServerConfiguration configuration) : IOperationFilter
{
    private static readonly (AuthenticationKind Kind, string Name, OpenApiSecurityScheme Scheme)[] Schemes =
    [
        (AuthenticationKind.Basic, BasicScheme.SchemeName, new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "Name and password of a user of the server's configuration.",
        }),
        (AuthenticationKind.Signature, SignatureScheme.SchemeName, new()
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
        }),
    ];

    /// <summary>Describes the kinds of credentials that this server accepts.</summary>
    public static void AddDefinitions(SwaggerGenOptions swagger, AuthenticationKind kinds)
    {
        foreach (var (_, name, scheme) in Schemes.Where(known => kinds.HasFlag(known.Kind)))
        {
            swagger.AddSecurityDefinition(name, scheme);
        }
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (RoleOf(context.ApiDescription) is { } role)
        {
            operation.Description = $"Needs the role {RoleTable.NameOf(role)}.\n\n{operation.Description}".Trim();
        }

        var policy = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AuthorizeAttribute>().LastOrDefault()?.Policy;
        var demand = policy is null ? Demand.Ignored : CredentialsRequirement.ByPolicy[policy].On(configuration);
        if (demand == Demand.Ignored)
        {
            return;
        }

        operation.Security =
        [
            .. from known in Schemes
               where configuration.Authentication.HasFlag(known.Kind)
               select new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(known.Name, context.Document)] = [] },
        ];
        if (demand == Demand.OptionalButValid)
        {
            // An empty requirement is OpenAPI's way to say "or none".
            operation.Security.Add([]);
        }
    }

    /// <summary>The first role that may call an action, if only for images that the user published; null if strangers may too.</summary>
    public static Role? RoleOf(ApiDescription api) =>
        api.ActionDescriptor.EndpointMetadata.OfType<NeedsAttribute>().Max(needs => (Role?)RoleTable.Find(needs.Right).Least);
}
