using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.FileSystem.StartIndex;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>The content of a data folder.</summary>
/// <param name="Leftovers">Leftovers of manifests, for images that have any.</param>
internal sealed record LoadedCatalogue(
    IReadOnlyCollection<Image> Images,
    IReadOnlyDictionary<Uuid, ManifestLeftovers> Leftovers,
    CatalogueLoadReport Report,
    IndexUpdate IndexUpdate);
