using System.Net;
using System.Net.Sockets;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Which addresses a caller must not make this server talk to: those that mean this machine or its link, where services live
/// that trust whoever reaches them. Addresses that carry an IPv4 address in them are judged by that one too.
/// </summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    // What stands before the IPv4 address in addresses that end in one: compatible, mapped, and those of translators.
    private static readonly byte[][] BeforeIPv4 =
    [
        new byte[12],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    /// <summary>Whether the address must not be talked to.</summary>
    public static bool IsForbidden(IPAddress address) =>
        IsIn(Forbidden, address) || (Embedded(address) is { } inner && IsIn(Forbidden, inner));

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        var bare = address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
        return networks.Any(network => network.Contains(bare));
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return BeforeIPv4.Any(prefix => bytes.AsSpan().StartsWith(prefix)) ? new IPAddress(bytes.AsSpan(12))
            : bytes is [0x20, 0x02, ..] ? new IPAddress(bytes.AsSpan(2, 4)) // 6to4
            : null;
    }
}
