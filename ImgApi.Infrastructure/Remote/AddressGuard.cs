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

    // IPv4-mapped and IPv4-compatible addresses, and those of translators, end in the IPv4 address; 6to4 has it in the middle.
    private static readonly IPNetwork[] EndInIPv4 =
        [IPNetwork.Parse("::ffff:0:0/96"), IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b::/96")];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether the address must not be talked to.</summary>
    public static bool IsForbidden(IPAddress address) =>
        Contains(Forbidden, address) || (Embedded(address) is { } inner && Contains(Forbidden, inner));

    private static bool Contains(IPNetwork[] networks, IPAddress address) =>
        networks.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(WithoutScope(address)));

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return Contains(EndInIPv4, address) ? new IPAddress(bytes.AsSpan(12))
            : Contains([SixToFour], address) ? new IPAddress(bytes.AsSpan(2, 4))
            : null;
    }

    private static IPAddress WithoutScope(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
}
