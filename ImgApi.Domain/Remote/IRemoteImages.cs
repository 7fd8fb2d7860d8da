namespace ImgApi.Domain.Remote;

/// <summary>
/// Other image servers, and URLs of files. Responses are untrusted: their size and duration are limited, redirects are not followed, and
/// addresses that callers must not reach through this server are refused. Failures are <see cref="ImgApiException"/>: with the other server's
/// own code, status and message if it answered with an error of this API, else with <see cref="ErrorCode.RemoteSource"/> and the reason. No
/// message contains credentials.
/// </summary>
public interface IRemoteImages
{
    /// <summary>
    /// Lists images in the order of the other server, page by page: the next page is requested when the previous one has been read. Each image
    /// comes once, also from servers that ignore pages, or begin each with the last image of the one before.
    /// </summary>
    /// <param name="filters">Parameters of the list, such as <c>name</c>; the server may ignore those that it does not know.</param>
    IAsyncEnumerable<RemoteManifest> ListAsync(
        ImageSource source, IReadOnlyList<KeyValuePair<string, string>> filters, string requestId, CancellationToken cancellation);

    /// <summary>The manifest of an image, in any state.</summary>
    Task<RemoteManifest> GetManifestAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>
    /// Opens the file of an image. A read that finally fails throws <c>Download</c> with the message of contract 5.10, form B, if the length
    /// was announced, else <c>RemoteSourceError</c>.
    /// </summary>
    Task<RemoteContent> OpenFileAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>
    /// Opens the file of an image from an offset, over one connection: a read that fails throws <c>RemoteSourceError</c>, and the caller may
    /// request the rest. The caller checks that it is the same file, by its SHA-1.
    /// </summary>
    Task<RemotePart> OpenFilePartAsync(RemoteImage image, long offset, CancellationToken cancellation);

    /// <summary>Opens the icon of an image. A read that finally fails throws <c>RemoteSourceError</c>.</summary>
    Task<RemoteContent> OpenIconAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>Opens a file by its URL. Certificates are always verified.</summary>
    /// <exception cref="ImgApiException"><c>Download</c>, also from reads, with the messages of contract 5.11.</exception>
    Task<RemoteContent> OpenUrlAsync(Uri url, string requestId, CancellationToken cancellation);
}

/// <summary>A transfer from another server. It resumes after a broken connection, if the other server supports that.</summary>
/// <param name="Body">Read once; its position is the number of received bytes. A final failure throws <see cref="ImgApiException"/>.</param>
/// <param name="Length">Announced number of bytes.</param>
/// <param name="Md5">Announced Base64 MD5.</param>
public sealed record RemoteContent(Stream Body, long? Length, string? Md5 = null) : IAsyncDisposable
{
    /// <summary>Announced media type without parameters.</summary>
    public string? ContentType { get; init; }

    public ValueTask DisposeAsync() => Body.DisposeAsync();
}

/// <summary>The rest of a file from another server.</summary>
/// <param name="Body">Read once.</param>
/// <param name="Offset">Where it begins: 0 if the other server cannot continue.</param>
public sealed record RemotePart(Stream Body, long Offset) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
