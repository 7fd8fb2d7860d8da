using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Tests.Unit.Domain.Manifests;

/// <summary>Finds which of the four edits that a new manifest field needs is missing.</summary>
/// <param name="Table">The names of the table's rows that are stored in the details.</param>
/// <param name="Details">The properties of <see cref="ImgApi.Domain.Images.ImageDetails"/>.</param>
/// <param name="Answer">The names on the wire of the properties of <see cref="ImgApi.Api.Contracts.ImageManifest"/>.</param>
/// <param name="Rules">The fields for which <see cref="ImgApi.Api.Validation.ManifestValidator"/> has a rule.</param>
internal sealed record FieldEdits(IReadOnlyCollection<string> Table, IReadOnlyCollection<string> Details, IReadOnlyCollection<string> Answer, IReadOnlyCollection<string> Rules)
{
    /// <summary>A sentence for each edit that is missing.</summary>
    public IEnumerable<string> Missing()
    {
        var properties = Details.ToDictionary(JsonNamingPolicy.SnakeCaseLower.ConvertName);
        foreach (var field in properties.Keys.Union(Table))
        {
            if (!properties.ContainsKey(field))
            {
                yield return $"{field}: ImageDetails has no property";
            }

            if (!Table.Contains(field))
            {
                yield return $"{field}: {nameof(ManifestSchema)} has no row";
            }

            if (!Answer.Contains(field))
            {
                yield return $"{field}: ImageManifest has no property";
            }

            if (!Rules.Contains(field))
            {
                yield return $"{field}: ManifestValidator has no rule";
            }
        }
    }
}
