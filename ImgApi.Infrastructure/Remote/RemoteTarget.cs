using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>A resource of another server.</summary>
/// <param name="Url">The URL without credentials.</param>
/// <param name="Credentials"><c>user:password</c>; null for none.</param>
/// <param name="RequestId">Sent as <c>x-request-id</c>.</param>
internal sealed record RemoteTarget(Uri Url, string? Credentials, string RequestId, RemoteTrust Trust)
{
    /// <summary>Sent as Bearer, in place of credentials; null for none.</summary>
    public string? Token { get; private init; }

    /// <summary>Signs the request, in place of credentials; null for none.</summary>
    public IRequestSigner? Signer { get; private init; }

    public static RemoteTarget ForImageServer(
        ImageSource source, string path, string requestId, params IEnumerable<KeyValuePair<string, string>> parameters) => new(
            source.Resource(path, parameters), source.Credentials, requestId, source.IsConfigured ? RemoteTrust.Configured : RemoteTrust.Source)
        {
            Signer = source.Signer,
            Token = source.Token,
        };
}

/// <summary>How far a target is trusted.</summary>
internal enum RemoteTrust
{
    /// <summary>An image server from the configuration, at any address.</summary>
    Configured,

    /// <summary>An image server from a caller.</summary>
    Source,

    /// <summary>A file from a caller. Its certificate is always verified.</summary>
    File,
}
