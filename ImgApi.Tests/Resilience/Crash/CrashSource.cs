using System.Collections.Concurrent;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>The source of the workload's imports. It is never killed, and counts the bytes that it sends.</summary>
internal sealed class CrashSource : IAsyncDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly ConcurrentDictionary<string, (string Manifest, ReadOnlyMemory<byte> File)> _offers = new();
    private readonly ScriptedServer _server;
    private volatile TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CrashSource()
    {
        _server = new ScriptedServer(AnswerAsync);
        Open();
    }

    /// <summary>The address, escaped for the parameter <c>source</c>.</summary>
    public string Escaped => Uri.EscapeDataString($"{_server.Address}");

    /// <summary>Counts the bytes of files.</summary>
    public KillTrigger? Trigger { get; set; }

    /// <summary>Offers an image, and replaces an earlier one with that UUID.</summary>
    public void Offer(string uuid, string name, ModelContent file, ReadOnlyMemory<byte> bytes) => _offers[uuid] = (
        JsonSerializer.Serialize(new
        {
            v = 2,
            uuid,
            owner = Uuid.Zero.ToString(),
            name,
            version = "1.0.0",
            type = "zone-dataset",
            os = "smartos",
            state = "active",
            disabled = false,
            @public = true,
            published_at = "2013-01-02T03:04:05.678Z",
            files = new[] { new { sha1 = file.Sha1, size = file.Size, compression = file.Kind } },
        }),
        bytes);

    /// <summary>Delays all requests until <see cref="Open"/>.</summary>
    public void Close() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers the delayed requests, and later ones at once.</summary>
    public void Open() => _gate.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(Exchange exchange)
    {
        await _gate.Task;
        var (manifest, file) = _offers[exchange.Target.Split('/', '?')[2]];
        if (!exchange.IsForFile)
        {
            await exchange.SendJsonAsync(manifest);
            return;
        }

        await exchange.SendAsync($"200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {file.Length}");
        for (var rest = file; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(PieceSize, rest.Length)];
            await exchange.WriteAsync(piece);
            Trigger?.Count(KillPoint.Unit.Bytes, piece.Length);
            rest = rest[piece.Length..];
        }

        Trigger?.Count(KillPoint.Unit.Bodies);
    }
}
