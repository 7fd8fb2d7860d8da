using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>The servers that accounts may import their images from, by name (contract 5.20).</summary>
/// <param name="Sources">The servers.</param>
/// <param name="Own">The name of this server's datacenter; null if it has none.</param>
public sealed record Datacenters(IReadOnlyDictionary<string, ImageSource> Sources, string? Own)
{
    /// <summary>The server of a datacenter.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> for a missing or unknown name, and for this server's own.</exception>
    public ImageSource Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw ImgApiException.ValidationFailed("datacenter", "missing datacenter parameter", FieldError.MissingParameter);
        }

        var names = string.Join(", ", Sources.Keys.Where(known => known != Own));
        if (!Sources.TryGetValue(name, out var source))
        {
            throw ImgApiException.ValidationFailed(
                "datacenter", $"datacenter \"{name}\" is not supported, valid datacenters names are: {names}");
        }

        return name != Own
            ? source
            : throw ImgApiException.ValidationFailed(
                "datacenter", $"cannot import into the same datacenter, valid datacenters names are: {names}");
    }
}
