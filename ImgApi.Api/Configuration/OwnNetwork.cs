using System.Net;

namespace ImgApi.Api.Configuration;

/// <summary>Addresses that only a machine itself or its own network reaches: loopback, link-local and private ones.</summary>
internal static class OwnNetwork
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>Whether the address is one of them. The unspecified address, which stands for all of a machine's, is not.</summary>
    public static bool Has(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        return Array.Exists(Networks, network => network.Contains(bare));
    }
}
