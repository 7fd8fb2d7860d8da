using System.Net;
using System.Net.NetworkInformation;

namespace ImgApi.Api.Configuration;

/// <summary>Addresses that only a machine itself or its own network reaches: loopback, link-local and private ones, and those that are never routed.</summary>
internal static class OwnNetwork
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        // For documentation and laboratories (RFC 5737, RFC 3849): nobody routes them.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32"),
    ];

    /// <summary>Whether a server that binds to the address is reached from there only.</summary>
    /// <param name="address">The address; the unspecified one stands for all of the machine's.</param>
    /// <param name="ofMachine">The machine's addresses.</param>
    public static bool Has(IPAddress address, IEnumerable<IPAddress> ofMachine)
    {
        var bare = Bare(address);
        return bare.Equals(IPAddress.Any) || bare.Equals(IPAddress.IPv6Any) ? ofMachine.Select(Bare).All(Contains) : Contains(bare);
    }

    /// <summary>The addresses that this machine has now.</summary>
    public static IReadOnlyList<IPAddress> OfThisMachine() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus != OperationalStatus.Down)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];

    private static bool Contains(IPAddress bare) => Array.Exists(Networks, network => network.Contains(bare));

    /// <summary>Without scope, and as IPv4 where it is that.</summary>
    private static IPAddress Bare(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}
