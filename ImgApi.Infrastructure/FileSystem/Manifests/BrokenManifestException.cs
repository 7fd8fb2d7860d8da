namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>A folder cannot be read as an image. The message is the reason that the operator is told.</summary>
internal sealed class BrokenManifestException(string message) : Exception(message);
