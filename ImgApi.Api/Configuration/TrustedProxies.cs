using System.Net;

namespace ImgApi.Api.Configuration;

/// <summary><c>trustedProxies</c>: the proxies whose headers about the caller, and about sending files themselves, are accepted.</summary>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>This machine.</summary>
    public static TrustedProxies Local { get; } = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    /// <summary>Whether the request comes from a trusted proxy.</summary>
    public bool Include(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        address = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;
        return address is not null && networks.Any(network => network.Contains(address));
    }

    /// <summary>Reads a list of addresses and networks; null for other JSON.</summary>
    internal static TrustedProxies? Read(JsonElement json) =>
        ConfigurationValues.List<IPNetwork>(json, item => Network(ConfigurationValues.Text(item))) is { } networks ? new(networks) : null;

    private static IPNetwork? Network(string? text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
