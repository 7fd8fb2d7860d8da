using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>Where a configuration was read from.</summary>
/// <param name="File">Full path.</param>
/// <param name="Values">The value of each key that the file or the environment sets.</param>
/// <param name="UnknownVariables">Environment variables that look like keys and are none.</param>
public sealed record ConfigurationSource(string File, IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<string> UnknownVariables);
