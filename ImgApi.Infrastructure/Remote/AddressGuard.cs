using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Decides which addresses callers must not reach through this server: those of this machine and its link, where services trust every client,
/// and those where clouds serve a machine's secrets. An address with an embedded IPv4 address is checked for both.
/// </summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
        // Site-local addresses (deprecated by RFC 3879), which have a scope, like link-local addresses.
        IPNetwork.Parse("fec0::/10"),
        // A translator or relay decides where packets go: local NAT64 (RFC 8215), SIIT (RFC 7915), Teredo (RFC 4380).
        IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("2001::/32"),
        // Metadata services outside the link: EC2 over IPv6, Alibaba Cloud.
        IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("100.100.100.200/32"),
    ];

    // Prefixes of IPv6 addresses that end in an IPv4 address: compatible, mapped, NAT64.
    private static readonly byte[][] BeforeIPv4 =
    [
        new byte[12],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    /// <exception cref="IOException">The addresses of this machine cannot be listed.</exception>
    public static bool IsAnyForbidden(IEnumerable<IPAddress> addresses)
    {
        var ofMachine = LocalAddresses();
        return addresses.Any(address => IsForbidden(address, ofMachine));
    }

    /// <param name="ofMachine">The addresses of this machine's interfaces.</param>
    internal static bool IsForbidden(IPAddress address, IReadOnlyCollection<IPAddress> ofMachine) =>
        IsListed(Bare(address), ofMachine) || (Embedded(address) is { } inner && IsListed(inner, ofMachine));

    private static bool IsListed(IPAddress address, IReadOnlyCollection<IPAddress> ofMachine) =>
        Array.Exists(Forbidden, network => network.Contains(address)) || ofMachine.Any(own => Bare(own).Equals(address));

    /// <summary>Listed for each connection, since addresses change while the server runs.</summary>
    private static IPAddress[] LocalAddresses()
    {
        try
        {
            return [.. IPGlobalProperties.GetIPGlobalProperties().GetUnicastAddresses().Select(unicast => unicast.Address)];
        }
        catch (NetworkInformationException fault)
        {
            throw new IOException($"the addresses of this machine cannot be listed ({fault.Message}), so no source can be judged");
        }
    }

    /// <summary>An IPv6 address without its scope.</summary>
    private static IPAddress Bare(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;

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

/// <summary>A caller named a source at an address that <see cref="AddressGuard"/> forbids.</summary>
internal sealed class ForbiddenAddressException(string host)
    : Exception($"{host} points at an address of this machine or its link, or a reserved one, which this server's configuration does not allow");
