using System.Net;
using System.Net.NetworkInformation;

namespace ImgApi.Api.Configuration;

/// <summary>The networks that the internet does not reach: loopback, link-local, private, and those that are never routed.</summary>
internal static class PrivateNetworks
{
    private static readonly IPNetwork[] All =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        // Reserved for documentation (RFC 5737, RFC 3849), so nobody routes them.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32"),
    ];

    /// <summary>Whether a server that binds to an address can only be reached from private networks.</summary>
    /// <param name="address">The address. The unspecified address stands for all addresses of the machine.</param>
    /// <param name="ofMachine">The addresses of the machine.</param>
    public static bool Contain(IPAddress address, IEnumerable<IPAddress> ofMachine)
    {
        var plain = Plain(address);
        return plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any) ? ofMachine.Select(Plain).All(Contain) : Contain(plain);
    }

    public static IReadOnlyList<IPAddress> AddressesOfMachine() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus != OperationalStatus.Down)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];

    private static bool Contain(IPAddress plain) => Array.Exists(All, network => network.Contains(plain));

    /// <summary>The address without its scope, as IPv4 if it is a mapped IPv4 address.</summary>
    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}
