using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>Where a configuration was read from.</summary>
/// <param name="File">Full path.</param>
/// <param name="Json">What the file held: an object whose keys are all known.</param>
public sealed record ConfigurationSource(string File, JsonElement Json);
