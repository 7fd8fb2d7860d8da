using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Domain.Remote;

/// <summary>
/// Another image server, from the URL of a caller or the operator: <c>http[s]://[user:password@]host[:port][/prefix][?channel=NAME]</c>.
/// <see cref="ToString"/> never shows the credentials.
/// </summary>
public sealed record ImageSource
{
    private const string ChannelPrefix = "channel=";

    private ImageSource(Uri address, string? channel, string? credentials)
    {
        Address = address;
        Channel = channel;
        Credentials = credentials;
    }

    /// <summary>Scheme, host, port and path prefix, without a slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>The channel of every request; null for the other server's default.</summary>
    public string? Channel { get; }

    /// <summary><c>user:password</c>, unescaped; null if there are none.</summary>
    public string? Credentials { get; }

    /// <summary>The account of every request; null for none.</summary>
    public Values.Uuid? Account { get; init; }

    /// <summary>Whether the operator configured it, so that every address is allowed.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Reads a URL; false if it is invalid.</summary>
    public static bool TryParse([NotNullWhen(true)] string? url, [NotNullWhen(true)] out ImageSource? source)
    {
        source = null;
        if (!WebUrl.TryParse(url, out var uri))
        {
            return false;
        }

        var credentials = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        var address = new Uri(uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'));
        source = new ImageSource(address, ChannelOf(uri), credentials);
        return true;
    }

    /// <summary>The URL with its credentials: to be stored, never shown.</summary>
    public string ToSecretUrl()
    {
        var userInfo = Credentials is null ? "" : string.Join(':', Credentials.Split(':', 2).Select(Uri.EscapeDataString)) + "@";
        var query = Channel is null ? "" : "?" + ChannelPrefix + Uri.EscapeDataString(Channel);
        return $"{Address.Scheme}://{userInfo}{Address.Authority}{Address.AbsolutePath.TrimEnd('/')}{query}";
    }

    /// <summary>The URL of a resource of the server.</summary>
    /// <param name="path">Begins with a slash; consists of constants and parsed UUIDs.</param>
    public Uri Resource(string path)
    {
        var parameters = new List<string>();
        if (Account is { } account)
        {
            parameters.Add($"account={account}");
        }

        if (Channel is not null)
        {
            parameters.Add(ChannelPrefix + Uri.EscapeDataString(Channel));
        }

        var query = parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
        return new Uri(Address.AbsoluteUri.TrimEnd('/') + path + query);
    }

    /// <summary>The URL without credentials.</summary>
    public override string ToString() => Address.AbsoluteUri.TrimEnd('/') + (Channel is null ? "" : "?" + ChannelPrefix + Uri.EscapeDataString(Channel));

    private static string? ChannelOf(Uri uri) => uri.Query.TrimStart('?').Split('&')
        .Where(parameter => parameter.StartsWith(ChannelPrefix, StringComparison.Ordinal) && parameter.Length > ChannelPrefix.Length)
        .Select(parameter => Uri.UnescapeDataString(parameter[ChannelPrefix.Length..].Replace('+', ' ')))
        .FirstOrDefault();
}

/// <summary>An image at another server.</summary>
/// <param name="Source">The server.</param>
/// <param name="Uuid">The image.</param>
/// <param name="RequestId">Sent to the other server, so that the logs of both servers can be correlated.</param>
public sealed record RemoteImage(ImageSource Source, Uuid Uuid, string RequestId);
