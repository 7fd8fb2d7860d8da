using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>What an import from another server needs to know.</summary>
/// <param name="Uuid">The image.</param>
/// <param name="Source">The other server; null if the caller named something that is not the URL of one.</param>
/// <param name="Channel">The channel that the image is to be in; null on a server without channels.</param>
/// <param name="RequestId">Sent along, so that both servers' logs can be put together.</param>
public sealed record ImportRequest(Uuid Uuid, ImageSource? Source, string? Channel, string RequestId)
{
    /// <summary>Whether a file that no machine can install is taken too, whatever the server's rules say.</summary>
    public bool IsForced { get; init; }

    /// <summary>The image at the source.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> without a source; the text is the reason alone.</exception>
    public RemoteImage Remote => Source is { } source
        ? new RemoteImage(source, Uuid, RequestId)
        : throw RemoteErrors.WrongField("source", "the source is not an http or https URL");
}
