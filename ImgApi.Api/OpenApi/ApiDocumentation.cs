using ImgApi.Api.Configuration;
using ImgApi.Domain.Images;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The OpenAPI document and its page.</summary>
internal static class ApiDocumentation
{
    private const string Document = "v1";

    /// <summary>Adds what makes the document.</summary>
    public static IServiceCollection AddApiDocumentation(this IServiceCollection services) => services.AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc(Document, new OpenApiInfo
        {
            Title = "ImgApi",
            Version = ServerVersion.Text,
            Description = "An image server for SmartOS and Triton: IMGAPI for imgadm, curl and this page. "
                + "Every GET answers HEAD too. Writes need credentials, and reads where the server is set up so: press Authorize.",
        });
        foreach (var comments in Directory.GetFiles(AppContext.BaseDirectory, "*.xml"))
        {
            swagger.IncludeXmlComments(comments, includeControllerXmlComments: true);
        }

        CredentialsFilter.AddDefinitions(swagger);
        swagger.MapType<Uuid>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });
        swagger.DocInclusionPredicate((_, api) => !HttpMethods.IsHead(api.HttpMethod ?? ""));
        swagger.CustomOperationIds(api => api.ActionDescriptor.AttributeRouteInfo?.Name);
        swagger.SupportNonNullableReferenceTypes();
        swagger.AddFilters();
    });

    /// <summary>Serves document and page under <c>/swagger</c>.</summary>
    public static void UseApiDocumentation(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint($"{Document}/swagger.json", "ImgApi");
            page.DocumentTitle = "ImgApi";
            page.DisplayOperationId();
            page.DisplayRequestDuration();
            page.EnablePersistAuthorization();
        });
    }

    private static void AddFilters(this SwaggerGenOptions swagger)
    {
        swagger.SchemaFilter<JsonShapeFilter>();
        swagger.OperationFilter<RequestBodyFilter>();
        swagger.OperationFilter<ChoiceFilter>();
        swagger.OperationFilter<BinaryResponseFilter>();
        swagger.OperationFilter<FailureFilter>();
        swagger.OperationFilter<CredentialsFilter>();
    }
}
