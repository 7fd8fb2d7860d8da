using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What was read from an image's folder.</summary>
/// <param name="Image">The image.</param>
/// <param name="Leftovers">What its manifest says beyond it.</param>
/// <param name="Superseded">Legacy content that this server had replaced.</param>
/// <param name="Oddities">What the operator should know, a clause each.</param>
internal sealed record StoredManifest(
    Image Image,
    ManifestLeftovers Leftovers,
    IReadOnlyList<string> Superseded,
    IReadOnlyList<string> Oddities);
