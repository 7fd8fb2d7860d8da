using System.Buffers.Binary;
using System.Net.Sockets;

namespace ImgApi.Api.Authentication;

/// <summary>
/// The network of a client: its IPv4 address, or the first 64 bits of its IPv6 address, since one party usually has all addresses of a /64.
/// </summary>
internal readonly record struct ClientNetwork(ulong Prefix, AddressFamily Family)
{
    /// <summary>The network of the client; behind a proxy, that of the proxy.</summary>
    public static ClientNetwork Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The network of an address; all clients without an address share one.</summary>
    public static ClientNetwork Of(System.Net.IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        plain.TryWriteBytes(bytes, out _);
        return new ClientNetwork(BinaryPrimitives.ReadUInt64BigEndian(bytes), plain.AddressFamily);
    }
}
