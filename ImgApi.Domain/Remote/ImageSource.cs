using System.Diagnostics.CodeAnalysis;

namespace ImgApi.Domain.Remote;

/// <summary>
/// Another image server, from the URL of a caller or the operator: <c>http[s]://[user:password@]host[:port][/prefix][?channel=NAME]</c>.
/// <see cref="ToString"/> never shows the credentials.
/// </summary>
public sealed record ImageSource
{
    private const string ChannelPrefix = "channel=";

    private ImageSource(Uri address) => Address = address;

    /// <summary>Scheme, host, port and path prefix, without a slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>The channel of every request; null for the other server's default.</summary>
    public string? Channel { get; init; }

    /// <summary><c>user:password</c>, unescaped; a user alone if the URL has no password.</summary>
    public string? Credentials { get; init; }

    /// <summary>A token, sent as Bearer in place of user and password; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Signs every request, in place of a password; null for none.</summary>
    public IRequestSigner? Signer { get; init; }

    /// <summary>The account of every request; null for none.</summary>
    public Uuid? Account { get; init; }

    /// <summary>Whether the operator configured it, so that every address is allowed.</summary>
    public bool IsConfigured { get; init; }

    public static bool TryParse([NotNullWhen(true)] string? url, [NotNullWhen(true)] out ImageSource? source)
    {
        source = null;
        if (!WebUrl.TryParse(url, out var uri))
        {
            return false;
        }

        var credentials = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        var address = new Uri(uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'));
        source = new ImageSource(address) { Channel = ChannelOf(uri), Credentials = credentials };
        return true;
    }

    /// <summary>The URL with its credentials: to be stored, never shown.</summary>
    public string ToSecretUrl()
    {
        var userInfo = Credentials is null ? "" : string.Join(':', Credentials.Split(':', 2).Select(Uri.EscapeDataString)) + "@";
        return $"{Address.Scheme}://{userInfo}{Address.Authority}{Address.AbsolutePath.TrimEnd('/')}{Query(ChannelParameter)}";
    }

    /// <param name="path">Begins with a slash; consists of constants and parsed UUIDs.</param>
    /// <param name="parameters">More parameters of the query, unescaped.</param>
    public Uri Resource(string path, params IEnumerable<KeyValuePair<string, string>> parameters) => new(Address.AbsoluteUri.TrimEnd('/') + path + Query(
    [
        Account is { } account ? $"account={account}" : null,
        ChannelParameter,
        .. parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"),
    ]));

    public override string ToString() => Address.AbsoluteUri.TrimEnd('/') + Query(ChannelParameter);

    private string? ChannelParameter => Channel is null ? null : ChannelPrefix + Uri.EscapeDataString(Channel);

    private static string Query(params string?[] parameters) =>
        string.Join('&', parameters.OfType<string>()) is { Length: > 0 } query ? "?" + query : "";

    private static string? ChannelOf(Uri uri) => uri.Query.TrimStart('?').Split('&')
        .Where(parameter => parameter.StartsWith(ChannelPrefix, StringComparison.Ordinal) && parameter.Length > ChannelPrefix.Length)
        .Select(parameter => Uri.UnescapeDataString(parameter[ChannelPrefix.Length..].Replace('+', ' ')))
        .FirstOrDefault();
}

/// <param name="RequestId">Sent to the other server, so that the logs of both servers can be correlated.</param>
public sealed record RemoteImage(ImageSource Source, Uuid Uuid, string RequestId);
