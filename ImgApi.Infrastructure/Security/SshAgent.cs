using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Security;

/// <summary>A running ssh-agent, which signs with keys that it does not show (draft-ietf-sshm-ssh-agent).</summary>
/// <param name="socket">Path of its socket, from <c>SSH_AUTH_SOCK</c>.</param>
public sealed class SshAgent(string socket)
{
    private const byte ListRequest = 11;
    private const byte ListAnswer = 12;
    private const byte SignRequest = 13;
    private const byte SignAnswer = 14;
    private const uint RsaSha256 = 2;

    // Hundreds of keys.
    private const int MaxAnswer = 256 * 1024;

    private static readonly Dictionary<string, string> Algorithms = new(StringComparer.Ordinal)
    {
        ["ssh-rsa"] = "rsa-sha256",
        ["ecdsa-sha2-nistp256"] = "ecdsa-sha256",
        ["ecdsa-sha2-nistp384"] = "ecdsa-sha384",
        ["ecdsa-sha2-nistp521"] = "ecdsa-sha512",
        ["ssh-ed25519"] = "ed25519",
    };

    /// <summary>The keys of the agent with which requests can be signed.</summary>
    /// <exception cref="IOException">There is no agent, or it does not answer.</exception>
    public async Task<IReadOnlyList<SshAgentKey>> ListAsync(CancellationToken cancellation)
    {
        var answer = new SshReader(await AskAsync(ListRequest, [], ListAnswer, cancellation));
        var keys = new List<SshAgentKey>();
        for (var count = answer.Number(); count > 0; count--)
        {
            var (blob, comment) = (answer.Bytes(), answer.Text());
            if (Algorithms.ContainsKey(new SshReader(blob).Text()))
            {
                keys.Add(new SshAgentKey(blob, comment));
            }
        }

        return keys;
    }

    /// <summary>Signs requests of a user with a key of the agent.</summary>
    public IRequestSigner Signer(string user, SshAgentKey key) => new AgentSigner(this, user, key);

    /// <exception cref="IOException">The agent refuses, or does not answer.</exception>
    private async Task<RequestSignature> SignAsync(SshAgentKey key, ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        var type = new SshReader(key.Blob).Text();
        byte[] request = [.. SshReader.Field(key.Blob), .. SshReader.Field(text.Span), .. SshReader.NumberBytes(type == "ssh-rsa" ? RsaSha256 : 0)];
        var signature = new SshReader(new SshReader(await AskAsync(SignRequest, request, SignAnswer, cancellation)).Bytes());
        _ = signature.Text();
        var value = signature.Bytes();
        return new RequestSignature(Algorithms[type], type.StartsWith("ecdsa", StringComparison.Ordinal) ? SshReader.EcdsaToDer(value) : value);
    }

    private async Task<byte[]> AskAsync(byte kind, byte[] content, byte expected, CancellationToken cancellation)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            await using var stream = new NetworkStream(connection);
            await stream.WriteAsync((byte[])[.. SshReader.NumberBytes((uint)content.Length + 1), kind, .. content], cancellation);
            var head = new byte[sizeof(uint)];
            await stream.ReadExactlyAsync(head, cancellation);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length is 0 or > MaxAnswer)
            {
                throw new IOException("the ssh-agent gave an invalid answer");
            }

            var answer = new byte[length];
            await stream.ReadExactlyAsync(answer, cancellation);
            return answer[0] == expected ? answer[1..] : throw new IOException("the ssh-agent refused: is the key still loaded, and was its use confirmed?");
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new IOException($"no ssh-agent answers at {socket}", fault);
        }
    }

    private sealed class AgentSigner(SshAgent agent, string user, SshAgentKey key) : IRequestSigner
    {
        public string KeyId => user;

        public async ValueTask<RequestSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
        {
            try
            {
                return await agent.SignAsync(key, text, cancellation);
            }
            catch (IOException fault)
            {
                throw new ImgApiException(ErrorCode.RemoteSource, fault.Message);
            }
        }
    }
}

/// <summary>A key of an agent.</summary>
/// <param name="Blob">The public key, as in an OpenSSH line.</param>
/// <param name="Comment">The comment of the key, usually its file or its user.</param>
public sealed record SshAgentKey(byte[] Blob, string Comment)
{
    /// <summary><c>SHA256:...</c>, as <c>ssh-add -l</c> prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Blob)).TrimEnd('=');

    /// <summary>Whether the text is this key's public OpenSSH line.</summary>
    public bool IsKeyOf(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var blob, ..] && blob == Convert.ToBase64String(Blob);
}
