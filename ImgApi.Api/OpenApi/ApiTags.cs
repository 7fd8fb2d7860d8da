using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>The groups of operations, in the order in which the page shows them.</summary>
internal sealed class ApiTags : IDocumentFilter
{
    /// <summary>Manifests and states.</summary>
    public const string Images = "Images";

    /// <summary>Bytes of images.</summary>
    public const string Files = "Files and icons";

    /// <summary>Imports in the background.</summary>
    public const string Jobs = "Jobs";

    /// <summary>Subsets of the images.</summary>
    public const string Channels = "Channels";

    /// <summary>The server itself.</summary>
    public const string Server = "Server";

    /// <summary>What always answers 501.</summary>
    public const string NotOffered = "Not offered";

    private static readonly OrderedDictionary<string, string> Descriptions = new()
    {
        [Images] = "Find, create, change and delete images.",
        [Files] = "Upload and download what is installed, and icons.",
        [Jobs] = "Follow imports from other image servers.",
        [Channels] = "Named subsets of the images, where the server has them.",
        [Server] = "Is the server there, is it well, and what does it hold?",
        [NotOffered] = "Known to other image servers; here each request is checked and answered 501.",
    };

    /// <summary>Sorts operations by group, then by path and method.</summary>
    public static string SortKey(ApiDescription api)
    {
        var tag = api.ActionDescriptor.EndpointMetadata.OfType<TagsAttribute>().First().Tags[0];
        return $"{Descriptions.IndexOf(tag)} {api.RelativePath} {Array.IndexOf(Methods, api.HttpMethod)}";
    }

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    /// <inheritdoc/>
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var used = context.ApiDescriptions.SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<TagsAttribute>()).SelectMany(tags => tags.Tags).ToHashSet();
        document.Tags = new HashSet<OpenApiTag>(
            from tag in Descriptions
            where used.Contains(tag.Key)
            select new OpenApiTag { Name = tag.Key, Description = tag.Value });
    }
}
