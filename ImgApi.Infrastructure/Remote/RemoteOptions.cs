namespace ImgApi.Infrastructure.Remote;

/// <summary>How other servers are dealt with.</summary>
public sealed record RemoteOptions
{
    /// <summary>The User-Agent header.</summary>
    public string UserAgent { get; init; } = "imgapi";

    /// <summary>Whether image servers may have any certificate. Never counts for files that are fetched by their URL.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Whether callers may name sources on this machine and on its link; see <see cref="AddressGuard"/>.</summary>
    public bool AllowLocal { get; init; }

    /// <summary>The proxy to use for everything, with its credentials; null for what the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How long a connection may take, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the headers of an answer may take, and a small answer as a whole.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a transfer may stand still before its connection counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Bytes per second that a transfer must bring, averaged over <see cref="StallTimeout"/>; below it its connection counts as broken.
    /// 0 accepts every speed.
    /// </summary>
    public long MinRate { get; init; } = 16 * 1024;

    /// <summary>How long a transfer may take in all, new connections included.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How often a broken transfer is taken up again. The count begins again after as many bytes as <see cref="StallTimeout"/> at
    /// <see cref="MinRate"/> brings.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long to wait before a broken transfer is taken up again; doubled from attempt to attempt.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);
}
