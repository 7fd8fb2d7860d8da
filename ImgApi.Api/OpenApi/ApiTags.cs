using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The groups of operations, in the order in which the page shows them.</summary>
internal sealed class ApiTags : IDocumentFilter
{
    public const string Images = "Images";
    public const string Files = "Files and icons";
    public const string Jobs = "Jobs";
    public const string Channels = "Channels";
    public const string Server = "Server";
    public const string NotOffered = "Not offered";

    private static readonly OrderedDictionary<string, string> Descriptions = new()
    {
        [Images] = "Find, create, change and delete images.",
        [Files] = "Upload and download image files and icons.",
        [Jobs] = "Follow imports from other image servers.",
        [Channels] = "Named subsets of the images, if the server has channels.",
        [Server] = "Availability, health and state of the server.",
        [NotOffered] = "Known to other image servers; this server validates each request and answers 501.",
    };

    /// <summary>Sorts operations by group, then by path and method.</summary>
    public static string SortKey(ApiDescription api)
    {
        var tag = api.ActionDescriptor.EndpointMetadata.OfType<TagsAttribute>().First().Tags[0];
        return $"{Descriptions.IndexOf(tag)} {api.RelativePath} {Array.IndexOf(Methods, api.HttpMethod)}";
    }

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Head, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var used = context.ApiDescriptions
            .SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<TagsAttribute>())
            .SelectMany(tags => tags.Tags).ToHashSet();
        document.Tags = new HashSet<OpenApiTag>(
            from tag in Descriptions
            where used.Contains(tag.Key)
            select new OpenApiTag { Name = tag.Key, Description = tag.Value });
    }
}
