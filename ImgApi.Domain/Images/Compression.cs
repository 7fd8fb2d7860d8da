using ImgApi.Domain.Contents;

namespace ImgApi.Domain.Images;

/// <summary>The values of a file's <c>compression</c> (contract 3.5). The server records the value and stores the bytes as they were sent.</summary>
public static class Compression
{
    public const string None = "none";

    /// <summary>All values, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = ["gzip", "bzip2", "xz", None];

    /// <summary>The value for a file of this format; null if the format is unknown.</summary>
    public static string? ForFormat(ContentFormat format) => format switch
    {
        ContentFormat.Unknown => null,
        ContentFormat.Gzip => "gzip",
        ContentFormat.Bzip2 => "bzip2",
        ContentFormat.Xz => "xz",
        _ => None,
    };
}
