using System.Net.Sockets;
using System.Text.RegularExpressions;
using ImgApi.Api.Configuration;

namespace ImgApi.Api.Http;

/// <summary>Where this server is, as the caller sees it.</summary>
internal static partial class OwnOrigin
{
    private const string ForwardedScheme = "X-Forwarded-Proto";

    /// <summary>
    /// Scheme, host and port, and no path but the configured prefix: from the Host header, or the address that the request came in
    /// at if that is no use. A trusted proxy may say that the caller came by another scheme.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var host = context.Request.Host.Value ?? "";
        return $"{Scheme(context)}://{(HostAndPort.IsMatch(host) ? host : LocalAddress(context.Connection))}{context.Request.PathBase}";
    }

    [GeneratedRegex(@"\A([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?\z")]
    private static partial Regex HostAndPort { get; }

    private static string Scheme(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServerConfiguration>().TrustedProxies.Include(context)
            && context.Request.Headers[ForwardedScheme] is [("http" or "https") and var scheme] ? scheme : context.Request.Scheme;

    private static string LocalAddress(ConnectionInfo connection)
    {
        var address = connection.LocalIpAddress;
        return address?.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? $"[{address}]:{connection.LocalPort}"
            : $"{address?.MapToIPv4()}:{connection.LocalPort}";
    }
}
