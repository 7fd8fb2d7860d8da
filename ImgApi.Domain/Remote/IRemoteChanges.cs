using System.Text.Json;

namespace ImgApi.Domain.Remote;

/// <summary>
/// Changes images of other servers. Failures are those of <see cref="IRemoteImages"/>. No request is sent twice, except where nothing has reached
/// the other server.
/// </summary>
public interface IRemoteChanges
{
    /// <summary>Creates an image, without its file, and returns its manifest.</summary>
    Task<RemoteManifest> CreateAsync(ImageSource source, JsonElement manifest, string requestId, CancellationToken cancellation);

    /// <summary>Performs an action, such as <c>activate</c>.</summary>
    /// <param name="body">The body; null for none.</param>
    /// <param name="parameters">Parameters of the action.</param>
    /// <returns>The manifest, or what was started.</returns>
    Task<JsonElement> ActAsync(
        RemoteImage image, string action, JsonElement? body, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters);

    /// <summary>Adds accounts to the access list, or removes them, and returns the manifest.</summary>
    Task<RemoteManifest> ChangeAclAsync(RemoteImage image, bool remove, IReadOnlyList<Uuid> accounts, CancellationToken cancellation);

    /// <summary>Copies an image for the account of the source, and returns the manifest of the copy.</summary>
    Task<RemoteManifest> CloneAsync(RemoteImage image, CancellationToken cancellation);

    /// <summary>Deletes an image.</summary>
    /// <param name="fromAllChannels">False: an image in several channels is only removed from that of the source.</param>
    Task DeleteAsync(RemoteImage image, bool fromAllChannels, CancellationToken cancellation);

    /// <summary>Uploads the file of an image in one request, and returns the manifest.</summary>
    /// <param name="body">Read once, to its end.</param>
    /// <param name="length">Bytes of the body; null if unknown, for an upload without an announced length.</param>
    /// <param name="parameters">What is known of the file: <c>compression</c>, <c>sha1</c>, <c>size</c>, <c>dataset_guid</c>, <c>force</c>.</param>
    Task<RemoteManifest> PutFileAsync(
        RemoteImage image, Stream body, long? length, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> parameters);

    /// <summary>Uploads the icon of an image, and returns the manifest.</summary>
    /// <param name="contentType">Media type of the picture.</param>
    Task<RemoteManifest> PutIconAsync(RemoteImage image, ReadOnlyMemory<byte> icon, string contentType, CancellationToken cancellation);

    /// <summary>Removes the icon of an image, and returns the manifest.</summary>
    Task<RemoteManifest> DeleteIconAsync(RemoteImage image, CancellationToken cancellation);
}
