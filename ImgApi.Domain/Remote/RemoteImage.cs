namespace ImgApi.Domain.Remote;

/// <summary>An image of another server.</summary>
/// <param name="Source">The server.</param>
/// <param name="Uuid">The image.</param>
/// <param name="RequestId">Sent along, so that both servers' logs can be put together.</param>
public sealed record RemoteImage(ImageSource Source, Uuid Uuid, string RequestId);
