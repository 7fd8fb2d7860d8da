using System.Net;
using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>
/// <c>trustedProxies</c>: the servers in front of this one whose headers about the caller, and about how files are to be sent, count.
/// </summary>
/// <param name="networks">Their networks.</param>
public sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>What the value must be; completes "must be".</summary>
    public const string Expectation = "a list of IP addresses or networks, such as 10.0.0.2 or 10.0.0.0/24";


    /// <summary>This machine.</summary>
    public static TrustedProxies Local { get; } = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);

    /// <summary>Reads the value; null if it cannot be used.</summary>
    public static TrustedProxies? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var networks = value.EnumerateArray().Select(item => Network(ConfigurationKeys.Text(item))).OfType<IPNetwork>().ToArray();
        return networks.Length == value.GetArrayLength() ? new TrustedProxies(networks) : null;
    }

    /// <summary>Whether the request comes from one of them.</summary>
    public bool Include(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        address = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;
        return address is not null && networks.Any(network => network.Contains(address));
    }

    private static IPNetwork? Network(string? text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
