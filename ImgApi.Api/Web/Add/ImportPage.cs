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

/// <summary>
/// An image of the other server. Its texts are unchecked and shortened: whole manifests of a hostile server would not fit into memory.
/// </summary>
/// <param name="FileSize">Bytes; null if unknown.</param>
internal sealed record ImportRow(Uuid Uuid, string Name, string Version, string Os, string Type, long? FileSize)
{
    /// <summary>The image on this server; null if it is not there.</summary>
    public Image? Local { get; init; }

    /// <summary>The row of a manifest; null if its UUID is missing or invalid.</summary>
    public static ImportRow? Of(RemoteManifest manifest)
    {
        return manifest.Uuid is not { } uuid ? null : new ImportRow(
            uuid,
            Text("name", ImageLimits.Name),
            Text("version", ImageLimits.Version),
            Text("os", ImageLimits.Version),
            Text("type", ImageLimits.Version),
            manifest.Json.Member("files").Items().FirstOrDefault().Member("size").AsWholeNumber());

        string Text(string field, int maxLength) => VisibleText.Shorten(manifest.Json.Member(field).AsLenientText() ?? "", maxLength);
    }
}
