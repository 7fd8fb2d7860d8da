using System.CommandLine;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>A server besides that of the session: where images come from.</summary>
internal static class OtherServer
{
    private const string SmartOs = "smartos";
    private const string SmartOsUrl = "https://images.smartos.org";

    public static readonly Option<string?> From = new("--from")
    {
        Description = "The other server: its URL, which may have a channel (?channel=dev), the name of a login, or smartos for images.smartos.org.",
        HelpName = "url|name",
    };

    /// <summary>Whether any certificate of the server is accepted.</summary>
    public static bool IsInsecure(ParseResult parsed) => parsed.GetValue(ConnectionOptions.Insecure)
        || (parsed.GetValue(From) is { } name && LoginStore.OfUser().Read().Servers.GetValueOrDefault(name)?.Insecure == true);

    /// <summary>The server of the session, under another name for commands that copy between two servers.</summary>
    public static readonly Option<string?> To = new("--to")
    {
        Description = "The server that gets the images: its URL, or the name of a login. Without it: that of -u.",
        HelpName = "url|name",
    };

    /// <summary>The server of <c>--from</c>, with the credentials of its login.</summary>
    /// <exception cref="CommandException">The option is missing or not valid.</exception>
    public static ImageSource Parse(ParseResult parsed)
    {
        var text = parsed.GetValue(From) ?? throw new CommandException("--from is missing: the other server's URL, the name of a login, or smartos");
        if (text == SmartOs)
        {
            return ServerChoice.Parse(SmartOsUrl);
        }

        var choice = ServerChoice.Find(text, LoginStore.OfUser());
        return choice is { User: { } user, Password: { } password } ? Credentials.With(choice.Source, user, password) : choice.Source;
    }
}
