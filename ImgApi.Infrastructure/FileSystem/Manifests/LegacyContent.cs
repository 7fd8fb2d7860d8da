using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Content with the fixed names of trondn/imgapi, which this server reads and replaces but never writes.</summary>
internal static class LegacyContent
{
    /// <summary>
    /// The names of such content that a change replaces. The new manifest lists them, so that a start after a crash may delete them: their
    /// names alone do not show that they are unused.
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
