using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The OpenAPI document and its page.</summary>
internal static class ApiDocumentation
{
    public const string Name = "v1";

    public static IServiceCollection AddApiDocumentation(this IServiceCollection services, ServerConfiguration configuration) =>
        services.AddSingleton<ApiDocument>().AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc(Name, new OpenApiInfo
        {
            Title = "ImgApi",
            Version = ServerVersion.Text,
            Description = "An image server for SmartOS and Triton: IMGAPI for imgadm, curl and this page. "
                + "Every GET answers HEAD too. Writes need credentials, and so do reads if the server is configured so: press Authorize.",
        });
        foreach (var comments in PlainComments.All)
        {
            swagger.IncludeXmlComments(() => comments);
        }

        CredentialsFilter.AddDefinitions(swagger, configuration);
        swagger.ResolveConflictingActions(MergedActions.Merge);
        swagger.OrderActionsBy(ApiTags.SortKey);
        swagger.DocumentFilter<ApiTags>();
        swagger.MapType<Uuid>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });
        swagger.DocInclusionPredicate((_, api) => !HttpMethods.IsHead(api.HttpMethod ?? "")
            || !api.ActionDescriptor.EndpointMetadata.OfType<IHttpMethodMetadata>().Any(route => route.HttpMethods.Contains(HttpMethods.Get)));
        swagger.CustomOperationIds(api => api.ActionDescriptor.AttributeRouteInfo?.Name);
        swagger.SupportNonNullableReferenceTypes();
        swagger.AddFilters();
    });

    /// <summary>Serves document and page under <c>/swagger</c>.</summary>
    /// <param name="head">HTML for the head of the page.</param>
    public static void UseApiDocumentation(this WebApplication app, string head)
    {
        // Resolved by the first request for it: the services behind it parse all XML comments.
        app.MapWhen(ApiDocument.IsAskedFor, branch => branch.Run(context => context.RequestServices.GetRequiredService<ApiDocument>().SendAsync(context)));
        app.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint($"{Name}/swagger.json", "ImgApi");
            page.DocumentTitle = "ImgApi";
            page.DisplayOperationId();
            page.DisplayRequestDuration();
            page.EnablePersistAuthorization();
            page.HeadContent = $"<script>{ActionSamples.Plugin}</script>{head}";
            page.ConfigObject.Plugins = [ActionSamples.PluginName];
        });
    }

    private static void AddFilters(this SwaggerGenOptions swagger)
    {
        swagger.SchemaFilter<ManifestBodyFilter>();
        swagger.ParameterFilter<QueryParameterFilter>();
        swagger.OperationFilter<MergedActions>();
        swagger.OperationFilter<QueryParameterFilter>();
        swagger.OperationFilter<RequestBodyFilter>();
        swagger.OperationFilter<BytesFilter>();
        swagger.OperationFilter<CredentialsFilter>();
        swagger.OperationFilter<FailureFilter>(); // uses the security requirements of the filter before it
    }
}
