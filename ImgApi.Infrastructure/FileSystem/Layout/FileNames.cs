using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>The names that this server gives to files and folders, and those that it takes over from trondn/imgapi.</summary>
internal static partial class FileNames
{
    public const string Lock = ".imgapi.lock";
    public const string Manifest = "manifest.json";
    public const string MovingManifest = ".imgapi-moving.json";
    public const string Facts = ".imgapi-facts.json";
    public const string Damages = ".imgapi-damages.json";
    public const string Jobs = ".imgapi-jobs";
    public const string Index = ".imgapi-index";

    /// <summary>Where trondn/imgapi looks for the image file, in its order.</summary>
    public static IReadOnlyList<string> LegacyFiles { get; } = ["image.bz2", "image.gz", "image"];

    /// <summary>Where trondn/imgapi puts the image file, whatever its compression.</summary>
    public const string LegacyFile = "image.gz";

    /// <summary>Where trondn/imgapi looks for the icon, in its order, and what each is.</summary>
    public static IReadOnlyList<(string Name, string ContentType)> LegacyIcons { get; } =
        [("icon.png", "image/png"), ("icon.jpg", "image/jpeg"), ("icon.gif", "image/gif")];

    public static string NewFolder(Uuid uuid) => $".imgapi-new-{uuid}";

    public static string FreshTrashFolder(Uuid uuid) => $".imgapi-deleted-{uuid}-{FreshHex()}";

    /// <summary>A name that no content had before: a content's bytes never change under its name.</summary>
    public static ContentKey FreshContent(ContentName name) => new(name.Kind switch
    {
        ContentKind.Icon => $"icon-{FreshHex()}{IconExtension(name.Format)}",
        _ => $"image-{FreshHex()}{FileExtension(name.Format)}",
    });

    /// <summary>Whether it is a folder in which this server began to make an image, or to remove one.</summary>
    public static bool IsUnfinishedFolder(string name) => UnfinishedFolder().IsMatch(name);

    /// <summary>Whether this server stored content under that name.</summary>
    public static bool IsOwnContent(string name) => OwnContent().IsMatch(name);

    public static bool IsLegacyContent(string name) =>
        LegacyFiles.Contains(name) || LegacyIcons.Any(icon => icon.Name == name);

    public static bool IsContent(string name) => IsOwnContent(name) || IsLegacyContent(name);

    private static string FreshHex() => RandomNumberGenerator.GetHexString(16, lowercase: true);

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
