namespace ImgApi.Domain.Remote;

/// <summary>
/// Other image servers, and other places that files can be had from. Nothing of what they say is trusted: answers are bounded in
/// size and time, redirects are not followed, and addresses that callers must not reach through this server are refused.
/// Failures are <see cref="ImgApiException"/>: with the other server's own code, status and text where it answered with an error
/// of this API, else with <see cref="ErrorCode.RemoteSource"/> and a text that says what happened. No text holds credentials.
/// </summary>
public interface IRemoteImages
{
    /// <summary>Asks whether an image server is there.</summary>
    /// <returns>Its version.</returns>
    Task<string> PingAsync(ImageSource source, string requestId, CancellationToken cancellation);

    /// <summary>The manifest of an image, in whatever state it is.</summary>
    Task<RemoteManifest> GetManifestAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>
    /// Opens the file of an image. Reads that fail for good throw <c>Download</c> if the length was announced, in the words of
    /// contract 5.10, form B, else <c>RemoteSourceError</c>.
    /// </summary>
    Task<RemoteContent> OpenFileAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>Opens the icon of an image. Reads that fail for good throw <c>RemoteSourceError</c>.</summary>
    Task<RemoteContent> OpenIconAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>Opens a file by its URL; certificates are verified whatever the configuration says.</summary>
    /// <exception cref="ImgApiException"><c>Download</c>, here and from reads, in the words of contract 5.11.</exception>
    Task<RemoteContent> OpenUrlAsync(Uri url, string requestId, CancellationToken cancellation);
}
