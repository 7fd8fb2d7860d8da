using System.Text.RegularExpressions;

namespace ImgApi.Api.Web.Add;

/// <summary>What the name of an image file says about the image, such as <c>base-64-23.4.0.zfs.gz</c>.</summary>
/// <param name="Version">Null if the name has none.</param>
internal sealed partial record FileNameParts(string Name, string? Version)
{
    /// <summary>The version is what follows the last hyphen before a digit.</summary>
    public static FileNameParts Of(string fileName)
    {
        var match = Pattern.Match(fileName);
        return new FileNameParts(match.Groups["name"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null);
    }

    [GeneratedRegex(@"^(?<name>.+?)(-v?(?<version>[0-9][^-]*?))?(\.(zfs|zvol|file|gz|bz2|xz|img|raw|tar))*$", RegexOptions.Singleline)]
    private static partial Regex Pattern { get; }
}
