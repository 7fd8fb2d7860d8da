using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>The servers, by name, from which accounts may import their images (contract 5.20).</summary>
/// <param name="Own">The name of this server's own datacenter; null if it has none.</param>
public sealed record Datacenters(IReadOnlyDictionary<string, ImageSource> Sources, string? Own)
{
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> for a missing or unknown name, and for this server's own.</exception>
    public ImageSource Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw ImgApiException.ValidationFailed("datacenter", "missing datacenter parameter", FieldError.MissingParameter);
        }

        if (Sources.TryGetValue(name, out var source) && name != Own)
        {
            return source;
        }

        var problem = source is null ? $"datacenter \"{name}\" is not supported" : "cannot import into the same datacenter";
        var names = string.Join(", ", Sources.Keys.Where(known => known != Own));
        throw ImgApiException.ValidationFailed("datacenter", $"{problem}, valid datacenters names are: {names}");
    }
}
