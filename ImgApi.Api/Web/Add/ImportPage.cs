namespace ImgApi.Api.Web.Add;

/// <summary>What the page for imports shows.</summary>
/// <param name="Source">The other server as it was entered; null before that.</param>
/// <param name="Words">The search as it was entered.</param>
/// <param name="IsCut">Whether more images than <see cref="Size"/> match.</param>
/// <param name="Problem">Why the other server cannot be searched; null if it was.</param>
internal sealed record ImportPage(string? Source, string? Words, IReadOnlyList<ImportRow> Rows, bool IsCut, string? Problem)
{
    /// <summary>Maximum number of rows.</summary>
    public const int Size = 100;
}

/// <summary>An image of the other server.</summary>
/// <param name="Manifest">Its manifest, unchecked.</param>
/// <param name="Local">The image on this server; null if it is not there.</param>
internal sealed record ImportRow(Uuid Uuid, JsonElement Manifest, Image? Local)
{
    /// <summary>A member that is a text or a number; null if it is missing or something else.</summary>
    public string? Text(string field) => Manifest.Member(field).AsLenientText();

    /// <summary>Bytes; null if unknown.</summary>
    public long? FileSize => Manifest.Member("files").Items().FirstOrDefault().Member("size").AsWholeNumber();
}
