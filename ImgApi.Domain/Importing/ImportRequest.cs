using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>A request for an import from another server.</summary>
/// <param name="Uuid">The image.</param>
/// <param name="Source">The other server; null if the caller gave an invalid URL.</param>
/// <param name="Channel">The channel to import to; null on a server without channels.</param>
/// <param name="RequestId">Sent to the other server, so that the logs of both servers can be correlated.</param>
public sealed record ImportRequest(Uuid Uuid, ImageSource? Source, string? Channel, string RequestId)
{
    /// <summary>Whether a file that no machine can install is accepted, regardless of the server's rules.</summary>
    public bool IsForced { get; init; }

    /// <summary>The image at the source.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> without a source.</exception>
    public RemoteImage Remote => Source is { } source
        ? new RemoteImage(source, Uuid, RequestId)
        : throw RemoteErrors.InvalidField("source", "the source is not an http or https URL");
}
