using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>The server of a command, and who asks.</summary>
/// <param name="Source">The server. Its credentials are the user's name at most.</param>
/// <param name="User">Null if nobody is named.</param>
/// <param name="Password">The password that is stored for this server; null if none is.</param>
/// <param name="Key">The key that is stored for this server, as <c>-i</c> takes it; null if none is.</param>
/// <param name="Insecure">Whether any certificate of the server is accepted.</param>
internal sealed record ServerChoice(ImageSource Source, string? User, string? Password, string? Key, bool Insecure)
{
    public const string UrlVariable = "IMGAPI_URL";

    /// <summary>Chooses the server: the option, else the environment, else the default login, else the configuration file.</summary>
    /// <param name="option">The value of <c>-u</c>: a URL, or the name of a login; null if it is not given.</param>
    /// <exception cref="CommandException">There is no server, or the URL has a password.</exception>
    public static ServerChoice Find(string? option, LoginStore store)
    {
        var text = option ?? Environment.GetEnvironmentVariable(UrlVariable);
        var logins = store.Read();
        var name = string.IsNullOrEmpty(text) ? logins.Default : text;
        if (name is not null && logins.Servers.TryGetValue(name, out var login))
        {
            return Of(login);
        }

        if (!string.IsNullOrEmpty(text))
        {
            return OfUrl(text, logins, mayHavePassword: option is null);
        }

        return ServerOfConfiguration.Find(LocalDefault.Home) is { } configured
            ? Of(configured)
            : throw new CommandException($"no server is named: give -u URL, set {UrlVariable}, or log in with imgapi login URL");
    }

    /// <summary>Reads a URL; without a scheme, http is meant, as imgadm does.</summary>
    /// <exception cref="CommandException">It is not a URL.</exception>
    public static ImageSource Parse(string text) =>
        ImageSource.TryParse(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, out var source)
            ? source with { IsConfigured = true }
            : throw new CommandException($"\"{VisibleText.Cut(text)}\" is not the URL of a server, http[s]://[USER@]HOST[:PORT]");

    /// <summary>The server of a URL, with what the logins know of it.</summary>
    /// <exception cref="CommandException">It is not a URL, or has a password.</exception>
    public static ServerChoice OfUrl(string text, LoginFile logins, bool mayHavePassword)
    {
        if (!text.AsSpan().ContainsAny("./:") && text != "localhost")
        {
            var known = logins.Servers.Count == 0 ? "imgapi login URL creates one" : "known are " + string.Join(", ", logins.Servers.Keys);
            throw new CommandException($"there is no login \"{VisibleText.Cut(text)}\": {known}");
        }

        var source = Parse(text);
        var parts = source.Credentials?.Split(':', 2) ?? [];
        if (parts.Length > 1 && !mayHavePassword)
        {
            throw new CommandException(
                "the URL has a password, which every user of this machine can see: leave it out, and use imgapi login, IMGAPI_PASSWORD or --password-file");
        }

        var user = parts.FirstOrDefault();
        var login = logins.Servers.Values.FirstOrDefault(
            login => ImageSource.TryParse(login.Url, out var known) && known.Address == source.Address && (user is null || user == login.User));
        return new ServerChoice(
            source with { Credentials = null }, user ?? login?.User, parts.Length > 1 ? parts[1] : login?.Password, login?.Key, login?.Insecure == true);
    }

    private static ServerChoice Of(Login login) => new(
        Parse(login.Url) with { Credentials = null }, login.User, login.Password, login.Key, login.Insecure);
}
