using System.Text;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Names of downloaded files of an image, as <c>imgadm create</c> writes them: <c>web-1.2.imgmanifest</c> and <c>web-1.2.zfs.gz</c>.</summary>
public static class ImageFileNames
{
    public const string ManifestExtension = ".imgmanifest";

    private const int MaxLength = 200;

    /// <summary>The extensions of image files, of this program and of <c>imgadm</c>.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [.. from kind in new[] { ".zfs", ".file" } from compression in new[] { "", ".gz", ".bz2", ".xz" } select kind + compression];

    public static string Manifest(JsonElement manifest) => Stem(manifest) + ManifestExtension;

    public static string File(JsonElement manifest, string compression) =>
        Stem(manifest) + (ImageType.IsForZfs(manifest.Member("type").AsText()) ? ".zfs" : ".file") + compression switch
        {
            "gzip" => ".gz",
            "bzip2" => ".bz2",
            "xz" => ".xz",
            _ => "",
        };

    public static string Icon(JsonElement manifest, string contentType) => $"{Stem(manifest)}.{(contentType == "image/jpeg" ? "jpg" : contentType[^3..])}";

    public static IReadOnlyList<string> IconExtensions { get; } = [".png", ".jpg", ".gif"];

    /// <summary>The manifest may come from any server, so its name could be a path.</summary>
    private static string Stem(JsonElement manifest)
    {
        var text = $"{manifest.Member("name").AsLenientText() ?? "image"}-{manifest.Member("version").AsLenientText() ?? "0"}";
        var name = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            name.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '+' or '-' ? character : '_');
        }

        return name[0] is '.' or '-' ? $"_{name}" : $"{name}";
    }
}
