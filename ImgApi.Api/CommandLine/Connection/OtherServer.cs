using System.CommandLine;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>
/// The server of <c>--from</c>, where images come from. It has a session of its own: the password, the key and <c>--insecure</c> of the server of
/// the command are not meant for it.
/// </summary>
internal static class OtherServer
{
    private const string SmartOs = "smartos";
    private const string SmartOsUrl = "https://images.smartos.org";

    public static readonly Option<string?> From = new("--from")
    {
        Description = "The other server: its URL, which may have a channel (?channel=dev), the name of a login, or smartos for images.smartos.org.",
        HelpName = "url|name",
    };

    public static readonly Option<bool> Insecure = new("--from-insecure") { Description = "Accept any certificate of the server of --from." };

    /// <summary>The server of the session, under another name for commands that copy between two servers.</summary>
    public static readonly Option<string?> To = new("--to")
    {
        Description = "The server that gets the images: its URL, or the name of a login. Without it: that of -u.",
        HelpName = "url|name",
    };

    /// <summary>Opens a session with the server of <c>--from</c>, with the credentials of its login. A person is asked for the password of a user without one.</summary>
    /// <exception cref="CommandException">The option is missing or not valid.</exception>
    public static async Task<Session> OpenAsync(ParseResult parsed, Printer printer, CancellationToken cancellation)
    {
        var text = parsed.GetValue(From) ?? throw new CommandException("--from is missing: the other server's URL, the name of a login, or smartos");
        var choice = ServerChoice.Find(text == SmartOs ? SmartOsUrl : text, LoginStore.OfUser());
        var session = await Session.OpenAsync(choice with { Insecure = choice.Insecure || parsed.GetValue(Insecure) }, printer, cancellation);
        if (choice.User is not null && !session.TryAskCredentials() && !session.HasCredentials)
        {
            printer.Note($"imgapi: requests to {session.Source}, the server of --from, have no credentials: the password of {choice.User} is not known");
        }

        return session;
    }

    /// <summary>Sends requests to the other server. If it wants credentials, the error says that they are those of this server.</summary>
    public static async Task<T> RequestAsync<T>(this Session other, Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.Unauthorized)
        {
            throw new CommandException(
                $"{other.Source}, the server of --from: {refusal.Message}; imgapi login {other.Source} checks and keeps credentials", ExitCode.Refused);
        }
    }
}
