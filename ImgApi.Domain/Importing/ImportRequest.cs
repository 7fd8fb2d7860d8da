using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <param name="Source">Null if the caller gave an invalid URL.</param>
/// <param name="Channel">The channel to import to; null on a server without channels.</param>
public sealed record ImportRequest(Uuid Uuid, ImageSource? Source, string? Channel, string RequestId)
{
    /// <summary>See <see cref="FileDescription.IsForced"/>.</summary>
    public bool IsForced { get; init; }

    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> without a source.</exception>
    public RemoteImage Remote => new(Source ?? throw RemoteErrors.InvalidSource(Uuid), Uuid, RequestId);
}
