using ImgApi.Domain.Manifests;

namespace ImgApi.Domain.Remote;

/// <summary>Finds images in another server's list by words in any case, as a person types them.</summary>
public static class RemoteSearch
{
    private static readonly string[] Fields = ["name", "description", "version", "os", "uuid"];

    /// <param name="words">Parts of name, description, version, os or UUID; an image must have all of them.</param>
    public static IAsyncEnumerable<RemoteManifest> Matching(this IAsyncEnumerable<RemoteManifest> images, IReadOnlyList<string> words) =>
        images.Where(image =>
        {
            var text = string.Join('\n', Fields.Select(field => image.Json.Member(field).AsLenientText()));
            return words.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        });
}
