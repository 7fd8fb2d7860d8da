using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>The names of files and folders of this server and of trondn/imgapi.</summary>
internal static partial class FileNames
{
    public const string Lock = ".imgapi.lock";
    public const string Manifest = "manifest.json";
    public const string MovingManifest = ".imgapi-moving.json";
    public const string Facts = ".imgapi-facts.json";
    public const string Damages = ".imgapi-damages.json";
    public const string TokenUses = ".imgapi-token-uses.json";
    public const string Fetches = ".imgapi-fetches.json";
    public const string Jobs = ".imgapi-jobs";
    public const string Audit = ".imgapi-audit";
    public const string Uploads = ".imgapi-uploads";
    public const string Webhooks = ".imgapi-webhooks.json";
    public const string Index = ".imgapi-index";
    public const string Restoring = ".imgapi-restoring";

    /// <summary>Names of image files of trondn/imgapi, in its search order.</summary>
    public static IReadOnlyList<string> LegacyFiles { get; } = ["image.bz2", "image.gz", "image"];

    /// <summary>The name of new image files of trondn/imgapi, for every compression.</summary>
    public const string LegacyFile = "image.gz";

    /// <summary>Names and media types of icons of trondn/imgapi, in its search order.</summary>
    public static IReadOnlyList<(string Name, string ContentType)> LegacyIcons { get; } =
        [("icon.png", "image/png"), ("icon.jpg", "image/jpeg"), ("icon.gif", "image/gif")];

    public static string NewFolder(Uuid uuid) => $".imgapi-new-{uuid}";

    public static string NewTrashFolder(Uuid uuid) => $".imgapi-deleted-{uuid}-{RandomHex()}";

    /// <summary>A new random name, since the bytes of a name never change.</summary>
    public static ContentKey NewContentKey(ContentName name) => new(name.Kind switch
    {
        ContentKind.Icon => $"icon-{RandomHex()}{IconExtension(name.Format)}",
        _ => $"image-{RandomHex()}{FileExtension(name.Format)}",
    });

    /// <summary>Whether it is the folder of an unfinished creation or removal.</summary>
    public static bool IsUnfinishedFolder(string name) => UnfinishedFolder().IsMatch(name);

    public static bool IsOwnContent(string name) => OwnContent().IsMatch(name);

    public static bool IsLegacyContent(string name) =>
        LegacyFiles.Contains(name) || LegacyIcons.Any(icon => icon.Name == name);

    public static bool IsContent(string name) => IsOwnContent(name) || IsLegacyContent(name);

    /// <summary>The names of an image's content.</summary>
    public static string[] Of(Image image) => [.. new[] { image.File?.Content?.Value, image.Icon?.Content.Value }.OfType<string>()];

    /// <summary>
    /// The names of content of trondn/imgapi that a change replaces. The new manifest lists them, so that a start after a crash may delete
    /// them: their names alone do not show that they are unused.
    /// </summary>
    public static IReadOnlyList<string> Superseded(Image before, Image after) => [.. Of(before).Except(Of(after)).Where(IsLegacyContent)];

    private static string RandomHex() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static string FileExtension(string compression) => compression switch
    {
        "gzip" => ".gz",
        "bzip2" => ".bz2",
        "xz" => ".xz",
        _ => "",
    };

    private static string IconExtension(string contentType) => contentType switch
    {
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        _ => ".png",
    };

    [GeneratedRegex(@"\A\.imgapi-(new-[0-9a-f-]{36}|deleted-[0-9a-f-]{36}-[0-9a-f]{16})\z")]
    private static partial Regex UnfinishedFolder();

    [GeneratedRegex(@"\A(image-[0-9a-f]{16}(\.gz|\.bz2|\.xz)?|icon-[0-9a-f]{16}\.(png|jpg|gif))\z")]
    private static partial Regex OwnContent();
}
