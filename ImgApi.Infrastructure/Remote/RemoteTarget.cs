using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>One resource of another server, with everything that a request for it needs.</summary>
/// <param name="Url">Without credentials.</param>
/// <param name="Credentials"><c>user:password</c>; null for none.</param>
/// <param name="RequestId">Sent as <c>x-request-id</c>.</param>
/// <param name="Trust">Who named it.</param>
internal sealed record RemoteTarget(Uri Url, string? Credentials, string RequestId, RemoteTrust Trust)
{
    /// <summary>A resource of an image server.</summary>
    public static RemoteTarget ForImageServer(ImageSource source, string path, string requestId) => new(
        source.Resource(path), source.Credentials, requestId, source.IsConfigured ? RemoteTrust.Configured : RemoteTrust.Source);
}

/// <summary>How far a target is trusted.</summary>
internal enum RemoteTrust
{
    /// <summary>An image server that the operator configured: it may be anywhere.</summary>
    Configured,

    /// <summary>An image server that a caller named.</summary>
    Source,

    /// <summary>A file that a caller named: its certificate must be good in any case.</summary>
    File,
}
