namespace ImgApi.Domain.Remote;

/// <summary>Signs requests to other servers with a user's private key (HTTP Signature, contract 7.3).</summary>
public interface IRequestSigner
{
    /// <summary>The user whose key it is.</summary>
    string KeyId { get; }

    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if the key cannot be used, for instance because the ssh-agent refuses.</exception>
    ValueTask<RequestSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation);
}

/// <param name="Algorithm">The name of a <see cref="Access.SignatureAlgorithm"/>.</param>
/// <param name="Signature">In the form that <see cref="Access.KeyKind"/> describes.</param>
public sealed record RequestSignature(string Algorithm, byte[] Signature);
