namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What was read from an image's folder.</summary>
/// <param name="Image">The image.</param>
/// <param name="Leftovers">What its manifest says beyond it.</param>
/// <param name="Superseded">Legacy content that this server had replaced.</param>
/// <param name="Notes">What was noticed beside it.</param>
internal sealed record StoredManifest(
    Image Image,
    ManifestLeftovers Leftovers,
    IReadOnlyList<string> Superseded,
    ReadingNotes Notes)
{
    /// <summary>Whether it is what its manifest says, and there is nothing else to say or to do.</summary>
    public bool IsPlain =>
        Leftovers == ManifestLeftovers.None && Superseded.Count == 0 && Notes is { Oddities.Count: 0, DependsOnContent: false };
}
