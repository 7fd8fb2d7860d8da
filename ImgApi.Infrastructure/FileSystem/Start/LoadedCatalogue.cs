using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>What a data folder holds.</summary>
/// <param name="Images">The images.</param>
/// <param name="Leftovers">What their manifests say beyond the images, for those where they do.</param>
/// <param name="Report">For the operator.</param>
/// <param name="IndexUpdate">For the next start.</param>
internal sealed record LoadedCatalogue(
    IReadOnlyCollection<Image> Images,
    IReadOnlyDictionary<Uuid, ManifestLeftovers> Leftovers,
    CatalogueLoadReport Report,
    IndexUpdate IndexUpdate);
