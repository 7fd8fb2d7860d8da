using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Domain.Remote;

/// <summary>
/// Another image server, as a caller or the operator names it by a URL: <c>http[s]://[user:password@]host[:port][/prefix][?channel=NAME]</c>.
/// Its text never shows the credentials.
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

    /// <summary>Scheme, host, port and path prefix, which has no slash at its end; nothing else.</summary>
    public Uri Address { get; }

    /// <summary>The channel that every request names; null for the other server's default.</summary>
    public string? Channel { get; }

    /// <summary><c>user:password</c>, not escaped; null if the URL has none.</summary>
    public string? Credentials { get; }

    /// <summary>The account for which the other server is asked; null for its operator.</summary>
    public Values.Uuid? Account { get; init; }

    /// <summary>Whether this server's operator configured it, so that it may be anywhere.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Reads a URL; false for one that cannot be a source.</summary>
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

    /// <summary>The URL with everything that was given, secrets included: for keeping, never for showing.</summary>
    public string ToSecretUrl()
    {
        var userInfo = Credentials is null ? "" : string.Join(':', Credentials.Split(':', 2).Select(Uri.EscapeDataString)) + "@";
        var query = Channel is null ? "" : "?" + ChannelPrefix + Uri.EscapeDataString(Channel);
        return $"{Address.Scheme}://{userInfo}{Address.Authority}{Address.AbsolutePath.TrimEnd('/')}{query}";
    }

    /// <summary>The URL of one of its resources.</summary>
    /// <param name="path">Begins with a slash; made of fixed words and parsed uuids.</param>
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
