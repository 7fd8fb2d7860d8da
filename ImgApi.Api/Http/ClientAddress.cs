using System.Net;

namespace ImgApi.Api.Http;

/// <summary>The address of a client, for the log and the audit.</summary>
internal static class ClientAddress
{
    /// <summary>An IPv4 address also in its usual form if the connection came in by IPv6; null for no address.</summary>
    public static string? TextOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
