namespace ImgApi.Api.Contracts;

/// <summary>A manifest as callers send it.</summary>
/// <remarks>Only for the API documentation, which takes the fields from <see cref="Domain.Manifests.ManifestSchema"/>.</remarks>
internal sealed class ManifestBody;

/// <summary>The location of a file to import (contract 5.11).</summary>
/// <remarks>Only for the API documentation.</remarks>
/// <param name="FileUrl">URL of the file; https only.</param>
internal sealed record FileLocation(string FileUrl);
