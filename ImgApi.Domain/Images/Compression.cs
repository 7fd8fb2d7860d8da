namespace ImgApi.Domain.Images;

/// <summary>
/// The values of a file's <c>compression</c> (contract 3.5). The server records the value and stores the bytes as they
/// were sent; it compresses nothing.
/// </summary>
public static class Compression
{
    /// <summary>All values, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = ["gzip", "bzip2", "xz", "none"];
}
