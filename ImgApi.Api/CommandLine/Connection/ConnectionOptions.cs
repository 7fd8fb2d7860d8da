using System.CommandLine;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>The options that say which server a command speaks to, and as whom.</summary>
internal static class ConnectionOptions
{
    public static readonly Option<string?> Url = new("--url", "-u")
    {
        Description = "The server: its URL, which may name the user (http://admin@host) and a channel (?channel=dev), or the name of a login. "
            + "Without it: IMGAPI_URL, the default login, or host and port of ~/.imgapi.json.",
        HelpName = "url|name",
    };

    public static readonly Option<string?> Channel = new("--channel", "-C") { Description = "The channel of the images.", HelpName = "name" };

    public static readonly Option<string?> Account = new("--account") { Description = "The account on whose behalf to ask.", HelpName = "uuid" };

    public static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = "A file with the password, or with a token. Without it: IMGAPI_PASSWORD, the login, or a question.",
        HelpName = "file",
    };

    public static readonly Option<string?> Key = new("--identity", "-i")
    {
        Description = "Sign with this OpenSSH key instead of a password: a file, or agent or the SHA256 fingerprint of a key of the ssh-agent.",
        HelpName = "key",
    };

    public static readonly Option<bool> Insecure = new("--insecure") { Description = "Accept any certificate of the server." };

    public static IEnumerable<Option> All => [Url, Channel, Account, PasswordFile, Key, Insecure];
}
