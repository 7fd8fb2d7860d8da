using ImgApi.Domain.Contents;

namespace ImgApi.Domain.Images;

/// <summary>
/// The values of a file's <c>compression</c> (contract 3.5). The server records the value and stores the bytes as they
/// were sent; it compresses nothing.
/// </summary>
public static class Compression
{
    /// <summary>The value for a file that is stored without compression.</summary>
    public const string None = "none";

    /// <summary>All values, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = ["gzip", "bzip2", "xz", None];

    /// <summary>The value that a file of that format must have; null if the format is not known.</summary>
    public static string? Of(ContentFormat format) => format switch
    {
        ContentFormat.Unknown => null,
        ContentFormat.Gzip => "gzip",
        ContentFormat.Bzip2 => "bzip2",
        ContentFormat.Xz => "xz",
        _ => None,
    };
}
