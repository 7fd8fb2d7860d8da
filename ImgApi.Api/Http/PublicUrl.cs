using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Http;

/// <summary>The URL of this server as the caller sees it.</summary>
internal static partial class PublicUrl
{
    private const string ForwardedScheme = "X-Forwarded-Proto";

    /// <summary>
    /// Scheme, host, port and the configured prefix. The host comes from the Host header or, if that is not valid, from the address that
    /// received the request. A trusted proxy may name the scheme.
    /// </summary>
    public static string Of(HttpContext context)
    {
        var host = context.Request.Host.Value ?? "";
        return $"{Scheme(context)}://{(HostAndPort.IsMatch(host) ? host : LocalAddress(context.Connection))}{context.Request.PathBase}";
    }

    /// <summary>Whether the caller reaches this server over TLS, perhaps that of a trusted proxy.</summary>
    public static bool IsSecure(HttpContext context) => Scheme(context) == Uri.UriSchemeHttps;

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
