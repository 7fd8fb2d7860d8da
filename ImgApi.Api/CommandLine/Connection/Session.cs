using System.CommandLine;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>The connection of a command to its server, and its output.</summary>
internal sealed class Session : IDisposable
{
    private readonly ServerChoice _choice;
    private readonly RemoteServices _services;

    private Session(ServerChoice choice, ImageSource source, Printer printer)
    {
        (_choice, Source, Printer) = (choice, source, printer);
        _services = Connect(printer, choice.Insecure);
    }

    /// <summary>The server, with the credentials of the user.</summary>
    public ImageSource Source { get; private set; }

    /// <summary>Sent with every request of the command, so that they can be found in the log of the server.</summary>
    public string RequestId { get; } = Uuid.New().ToString();

    public Printer Printer { get; }

    /// <summary>Whether the command may begin once more after the person has given credentials. It may not if it has read from a pipe.</summary>
    public bool MayRunAgain { get; set; } = true;

    public IRemoteImages Images => _services.Images;

    public IRemoteChanges Changes => _services.Changes;

    public IRemoteUploads Uploads => _services.Uploads;

    public IRemoteServer Server => _services.Server;

    /// <summary>Opens the session that the options describe. Nothing is sent yet.</summary>
    /// <exception cref="CommandException">The options name no server, or not valid ones.</exception>
    public static async Task<Session> OpenAsync(ParseResult parsed, Printer printer, CancellationToken cancellation)
    {
        var choice = ServerChoice.Find(parsed.GetValue(OtherServer.To) ?? parsed.GetValue(ConnectionOptions.Url), LoginStore.OfUser());
        choice = choice with
        {
            Insecure = choice.Insecure || parsed.GetValue(ConnectionOptions.Insecure),
            Source = choice.Source with
            {
                Channel = parsed.GetValue(ConnectionOptions.Channel) ?? choice.Source.Channel,
                Account = Account(parsed.GetValue(ConnectionOptions.Account)),
            },
        };
        return new Session(choice, await Credentials.AddAsync(choice, parsed, cancellation), printer);
    }

    /// <summary>Opens a session with a server of the logins. The options and variables with credentials are not for this server.</summary>
    /// <exception cref="CommandException">The key of the login cannot be used.</exception>
    public static async Task<Session> OpenAsync(ServerChoice choice, Printer printer, CancellationToken cancellation) =>
        new(choice, await Credentials.OfLoginAsync(choice, cancellation), printer);

    /// <summary>Connections without a session.</summary>
    /// <param name="insecure">Whether any certificate is accepted.</param>
    public static RemoteServices Connect(Printer printer, bool insecure)
    {
        // Nobody reads the metrics of the HTTP client of a command, and they take a twentieth of its time.
        AppContext.SetSwitch("System.Diagnostics.Metrics.Meter.IsSupported", false);
        return new RemoteServices(
            new RemoteOptions
            {
                UserAgent = $"imgapi/{ServerVersion.Text}",
                AllowInsecure = insecure,
                AllowLocal = true,
                TotalTimeout = Timeout.InfiniteTimeSpan,
                MinRate = 0,
                Around = network => new RepeatingHandler(printer, printer.IsVerbose ? new ExchangeTrace(network) : network),
            },
            TimeProvider.System);
    }

    public RemoteImage Image(Uuid uuid) => new(Source, uuid, RequestId);

    public bool HasCredentials => Source.Credentials is not null || Source.Token is not null || Source.Signer is not null;

    /// <summary>Prints an image after a change: its manifest, its UUID, or a sentence.</summary>
    /// <param name="verb">What was done, such as <c>Activated</c>.</param>
    public void PrintChanged(string verb, JsonElement manifest)
    {
        if (Printer.IsJson)
        {
            Printer.Json(manifest);
        }
        else if (Printer.IsQuiet)
        {
            Printer.Line(manifest.Member("uuid").AsText() ?? "");
        }
        else
        {
            Printer.Line($"{verb} {Names.Of(manifest)}");
        }
    }

    /// <summary>
    /// Asks for the password of a user who is named, for a command that without credentials does not see everything. The server would not refuse it.
    /// </summary>
    public void AskKnownUser()
    {
        if (_choice.User is not null && TryAskCredentials())
        {
            return;
        }

        if (!HasCredentials && Terminal.ShowsErrors)
        {
            Printer.Note("imgapi: without credentials the server shows only active images");
        }
    }

    /// <summary>Asks for credentials, if the server wants some and the command has none.</summary>
    /// <returns>Whether the command may be tried again.</returns>
    public bool TryAskCredentials()
    {
        if (!Terminal.CanAsk || HasCredentials)
        {
            return false;
        }

        Source = Credentials.Ask(_choice with { Source = Source });
        return true;
    }

    public void Dispose() => _services.Dispose();

    private static Uuid? Account(string? text) => text is null ? null
        : Uuid.TryParse(text, out var account) ? account
        : throw new CommandException($"--account needs a UUID, not \"{VisibleText.Cut(text)}\"");
}
