namespace ImgApi.Domain.Images;

/// <summary>The values of a manifest's <c>os</c> (contract 3.5).</summary>
public static class ImageOs
{
    /// <summary>All values, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = ["smartos", "linux", "windows", "bsd", "illumos", "other"];
}
