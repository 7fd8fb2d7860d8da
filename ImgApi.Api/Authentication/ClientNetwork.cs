using System.Buffers.Binary;
using System.Net.Sockets;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Where a request comes from, as far as one party can be told from another: the IPv4 address, or the first 64 bits of
/// the IPv6 address, since whoever has one of those has them all.
/// </summary>
/// <param name="Prefix">The address, or its first half.</param>
/// <param name="Family">Keeps the two kinds apart.</param>
internal readonly record struct ClientNetwork(ulong Prefix, AddressFamily Family)
{
    /// <summary>The network of a request's client; behind a proxy that is the proxy.</summary>
    public static ClientNetwork Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The network of an address; null stands for whoever has none.</summary>
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
