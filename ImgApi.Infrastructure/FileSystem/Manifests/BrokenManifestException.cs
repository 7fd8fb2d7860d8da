using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>A folder cannot be read as an image. The message is the reason, for the operator.</summary>
internal sealed class BrokenManifestException(string message) : Exception(message)
{
    /// <summary>Why a manifest could not be read, as a sentence without a full stop.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        BrokenManifestException broken => broken.Message,
        // An escaped half of a surrogate pair is valid JSON, but not valid text.
        InvalidOperationException => "its manifest.json has a string that is not text",
        _ => $"its manifest.json cannot be read: {FileFault.Describe(fault)}",
    };
}
