namespace ImgApi.Domain.Remote;

/// <summary>
/// Resumable uploads to other image servers, by the tus protocol 1.0. The bytes that a server acknowledges survive a broken connection and a
/// restart of either side. Failures are those of <see cref="IRemoteImages"/>.
/// </summary>
public interface IRemoteUploads
{
    /// <summary>Whether the server of an image announces resumable uploads.</summary>
    Task<bool> AreSupportedAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>Begins an upload, and returns its UUID.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="parameters">As those of <see cref="IRemoteChanges.PutFileAsync"/>.</param>
    Task<Uuid> CreateAsync(
        RemoteImage image, long length, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters);

    /// <summary>
    /// The number of bytes that the server has; null if it has no such upload. If it has all, they are the image's file: the server commits
    /// them now unless it has done so, or answers why it does not.
    /// </summary>
    Task<long?> FindOffsetAsync(RemoteImage image, Uuid upload, CancellationToken cancellation);

    /// <summary>Sends a part. With the last byte, the upload becomes the image's file.</summary>
    /// <param name="offset">The position of the part in the file: the number of bytes that the server has.</param>
    /// <param name="body">Read once, to its end.</param>
    /// <param name="length">Bytes of the body.</param>
    /// <returns>The number of bytes that the server has now.</returns>
    Task<long> AppendAsync(RemoteImage image, Uuid upload, long offset, Stream body, long length, CancellationToken cancellation);
}
