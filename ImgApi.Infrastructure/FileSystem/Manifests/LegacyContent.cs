using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Content under the fixed names of trondn/imgapi, which this server takes over and replaces but never writes.</summary>
internal static class LegacyContent
{
    /// <summary>
    /// Names of such content that a change replaces. The new manifest lists them, so that a start after a crash may delete
    /// them: by their names alone nobody could tell that they are not in use.
    /// </summary>
    public static IReadOnlyList<string> Superseded(Image before, Image after)
    {
        var kept = Names(after);
        return [.. Names(before).Where(name => FileNames.IsLegacyContent(name) && !kept.Contains(name))];
    }

    /// <summary>The names of an image's content.</summary>
    public static string[] Names(Image image) =>
        [.. new[] { image.File?.Content?.Value, image.Icon?.Content.Value }.OfType<string>()];
}
