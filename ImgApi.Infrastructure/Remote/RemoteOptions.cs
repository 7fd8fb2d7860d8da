namespace ImgApi.Infrastructure.Remote;

/// <summary>Settings for connections to other servers.</summary>
public sealed record RemoteOptions
{
    /// <summary>The User-Agent header.</summary>
    public string UserAgent { get; init; } = "imgapi";

    /// <summary>Whether image servers may have any certificate. Certificates of files from URLs are always verified.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Whether callers may name sources on this machine and on its link; see <see cref="AddressGuard"/>.</summary>
    public bool AllowLocal { get; init; }

    /// <summary>The proxy for all requests, with its credentials; null for that of the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Adds a handler around that of the network, for instance one that repeats requests; null for none.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Around { get; init; }

    /// <summary>Maximum time to connect, including TLS.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Maximum time until the headers of a response, and for a small response as a whole.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Maximum time without a byte; after it, the connection counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Minimum bytes per second, averaged over <see cref="StallTimeout"/>; below it, the connection counts as broken. 0: any rate.</summary>
    public long MinRate { get; init; } = 16 * 1024;

    /// <summary>Maximum time of a transfer, including new connections.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Maximum number of times a transfer is resumed. The count restarts after as many bytes as <see cref="MinRate"/> gives in
    /// <see cref="StallTimeout"/>.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Delay before a transfer is resumed; doubled with each attempt.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);
}
