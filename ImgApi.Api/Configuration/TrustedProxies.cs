using System.Net;

namespace ImgApi.Api.Configuration;

/// <summary>
/// <c>trustedProxies</c>: the servers in front of this one whose headers about the caller, and about how files are to be sent, count.
/// </summary>
/// <param name="networks">Their networks.</param>
public sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>This machine.</summary>
    public static TrustedProxies Local { get; } = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    /// <summary>Whether the request comes from one of them.</summary>
    public bool Include(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        address = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;
        return address is not null && networks.Any(network => network.Contains(address));
    }
}
