using System.Collections.Concurrent;
using System.Text;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace ImgApi.Api.OpenApi;

/// <summary>
/// The text of the OpenAPI document, generated on the first request and kept: generating it takes 50 ms of processor time, which clients
/// could use to keep the server busy.
/// </summary>
internal sealed class ApiDocument(IAsyncSwaggerProvider documents)
{
    private const OpenApiSpecVersion Version = OpenApiSpecVersion.OpenApi3_0;

    // By format, and by the prefix of the paths: the configuration's or none.
    private readonly ConcurrentDictionary<(bool IsYaml, string Prefix), Lazy<Task<byte[]>>> _texts = new();

    /// <summary>Whether the request asks for the document.</summary>
    public static bool IsAskedFor(HttpContext context) =>
        Preconditions.IsRead(context.Request)
        && context.Request.Path.Value is $"/swagger/{ApiDocumentation.Name}/swagger.json" or $"/swagger/{ApiDocumentation.Name}/swagger.yaml";

    /// <summary>Sends the document as JSON or YAML.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var isYaml = context.Request.Path.Value!.EndsWith("yaml", StringComparison.Ordinal);
        var text = await _texts.GetOrAdd((isYaml, context.Request.PathBase), key => new(() => GenerateAsync(key.IsYaml, key.Prefix))).Value;
        await BodySender.SendAsync(context, text, isYaml ? "text/yaml;charset=utf-8" : "application/json;charset=utf-8");
    }

    private async Task<byte[]> GenerateAsync(bool isYaml, string prefix)
    {
        var document = await documents.GetSwaggerAsync(ApiDocumentation.Name, host: null, basePath: prefix.Length > 0 ? prefix : null);
        return Encoding.UTF8.GetBytes(isYaml ? await document.SerializeAsYamlAsync(Version) : await document.SerializeAsJsonAsync(Version));
    }
}
