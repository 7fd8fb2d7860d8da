using ImgApi.Domain.Images;
using ImgApi.Infrastructure.FileSystem.Catalogues.Indexing;
using ImgApi.Infrastructure.FileSystem.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

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
