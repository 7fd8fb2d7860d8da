using System.Globalization;
using ImgApi.Infrastructure.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting.Systemd;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Says to systemd that the server is alive, if the unit has <c>WatchdogSec</c>. It does so while the server answers its own requests in time;
/// systemd restarts a server that says nothing for longer than <c>WatchdogSec</c>.
/// </summary>
internal sealed class Watchdog(ISystemdNotifier systemd, IServer server, TimeProvider clock, ILogger<Watchdog> logger) : WorkAfterStart(logger)
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>How long systemd waits for a sign of life; null if it does not.</summary>
    public TimeSpan? Limit { get; init; } = LimitOfUnit();

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (Limit is not { } limit)
        {
            return;
        }

        // An answer and the pause after it take at most two thirds of the limit.
        var step = limit / 3;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            if (await AnswersAsync(client, step, stopping))
            {
                systemd.Notify(Alive);
            }

            await Task.Delay(step, clock, stopping);
        }
    }

    private static TimeSpan? LimitOfUnit() =>
        Environment.GetEnvironmentVariable("WATCHDOG_PID") is var process
        && (string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    /// <summary>
    /// Whether the server deals with a new connection. Every answer counts, and so does the end of a connection without one: a server that has as
    /// many connections as it may have is busy, not dead.
    /// </summary>
    private async Task<bool> AnswersAsync(HttpClient client, TimeSpan timeout, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address()) { Headers = { ConnectionClose = true } };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            return true;
        }
        catch (HttpRequestException fault)
        {
            return fault.HttpRequestError != HttpRequestError.ConnectionError;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The address of this server for itself. A port with TLS answers plain HTTP too, with an error.</summary>
    private Uri Address()
    {
        var bound = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        var host = bound.Host switch
        {
            "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            var one => one,
        };
        return new UriBuilder(Uri.UriSchemeHttp, host, bound.Port, "/ping").Uri;
    }
}
