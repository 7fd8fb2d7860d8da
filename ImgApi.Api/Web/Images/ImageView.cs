using ImgApi.Domain.Audit;

namespace ImgApi.Api.Web.Images;

/// <summary>What the page of one image shows.</summary>
/// <param name="Manifest">The manifest as the API shows it to this caller.</param>
/// <param name="Fetches">Downloads of the file; null for callers who may not see them.</param>
/// <param name="History">The newest events of the image, the newest first; null for callers who may not see the audit.</param>
internal sealed record ImageView(
    Image Image, JsonElement Manifest, StateBadge Badge, IReadOnlyList<OriginLink> Origins, IReadOnlyList<Image> Dependents, InstallCommands Commands,
    Fetches? Fetches, IReadOnlyList<AuditEvent>? History, DateTimeOffset Now)
{
    // Parts of the page that have a place of their own.
    private static readonly string[] Elsewhere = ["v", "uuid", "name", "version", "state", "description", "files", "icon", "origin"];

    /// <summary>All other fields of the manifest, in its order.</summary>
    public IEnumerable<JsonProperty> Fields => Manifest.EnumerateObject().Where(member => !Elsewhere.Contains(member.Name));

    /// <summary>The members of the file in the manifest; none without a file.</summary>
    public IEnumerable<JsonProperty> File => Manifest.Member("files").Items().SelectMany(file => file.EnumerateObject());
}
