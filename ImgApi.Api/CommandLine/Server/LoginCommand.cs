using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary><c>imgapi login URL</c>: checks credentials, and keeps them for the commands that follow.</summary>
internal static class LoginCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "The server, http[s]://[USER@]HOST[:PORT]." };
    private static readonly Option<string?> Name = new("--name") { Description = "The name of the login for -u; by default the host.", HelpName = "name" };
    private static readonly Option<bool> Default = new("--default") { Description = "Make it the server of commands that name none, as the first one is." };

    public static Command Create()
    {
        var command = new Command("login", "Check and keep the credentials for a server.") { Url, Name, Default };
        foreach (var option in OutputOptions.All.Concat([ConnectionOptions.PasswordFile, ConnectionOptions.Key, ConnectionOptions.Insecure]))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(parsed, printer => RunAsync(printer, parsed, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Printer printer, ParseResult parsed, CancellationToken cancellation)
    {
        var store = LoginStore.OfUser();
        // A password from an earlier login must not be kept for ever: it is asked for again.
        var choice = ServerChoice.OfUrl(parsed.GetValue(Url)!, new LoginFile(null, new Dictionary<string, Login>()), mayHavePassword: false);
        var source = await Credentials.AddAsync(choice, parsed, cancellation);
        if (source.Credentials is null && source.Token is null && source.Signer is null)
        {
            source = Terminal.CanAsk
                ? Credentials.Ask(choice)
                : throw new CommandException($"nobody can be asked for the password: set {Credentials.PasswordVariable}, or give --password-file or -i");
        }

        var insecure = parsed.GetValue(ConnectionOptions.Insecure);
        var user = source.Signer?.KeyId ?? source.Credentials?.Split(':', 2)[0];
        using var services = Session.Connect(printer, insecure);
        var answer = await services.Server.PingAsync(source, Uuid.New().ToString(), cancellation);
        if (!answer.IsImageServer)
        {
            throw new CommandException($"{source} is not an image server of this API", ExitCode.Refused);
        }

        var name = parsed.GetValue(Name) ?? source.Address.Authority;
        var key = parsed.GetValue(ConnectionOptions.Key) is { } given ? File.Exists(given) ? Path.GetFullPath(given) : given : null;
        var login = new Login(source.ToString(), user, source.Token ?? source.Credentials?.Split(':', 2)[1], key, insecure);
        store.Change(logins => new LoginFile(
            parsed.GetValue(Default) || logins.Default is null ? name : logins.Default,
            new Dictionary<string, Login>(logins.Servers) { [name] = login }));
        // The server knows whose token it is.
        Print(printer, name, login with { User = user ?? answer.User ?? "a token" }, answer.User);
        return ExitCode.Done;
    }

    /// <param name="confirmed">The user whom the server recognized; null if it did not say.</param>
    private static void Print(Printer printer, string name, Login login, string? confirmed) => printer.Result(
        new JsonObject { ["name"] = name, ["url"] = login.Url, ["user"] = login.User, ["checked"] = confirmed == login.User },
        name,
        confirmed == login.User
            ? $"Logged in to {login.Url} as {login.User}; the name of the login is {name}"
            : $"Kept the login of {login.User} at {login.Url} as {name}; this server did not say whether it is right");
}
