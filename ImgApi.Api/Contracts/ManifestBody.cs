namespace ImgApi.Api.Contracts;

/// <summary>A manifest as callers send it.</summary>
/// <remarks>For the API documentation only, which takes the fields from <see cref="Domain.Manifests.ManifestSchema"/>.</remarks>
public sealed class ManifestBody;
