using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ImgApi.Tests.Support;

/// <summary>A web server that receives notifications.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The statuses of the next answers; then 204.</summary>
    public ConcurrentQueue<int> Statuses { get; } = new();

    /// <summary>Everything that arrived, in order.</summary>
    public ConcurrentQueue<Notification> Received { get; } = new();

    /// <summary>Those that were answered with success.</summary>
    public IEnumerable<Notification> Taken => Received.Where(one => one.Status == 204);

    /// <param name="port">0 for a free port.</param>
    public static async Task<WebhookReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var status = Statuses.TryDequeue(out var next) ? next : 204;
        context.Response.StatusCode = status;
        context.Response.Headers.Location = status / 100 == 3 ? "/elsewhere" : default;
        Received.Enqueue(new Notification(
            context.Request.Path, body.ToArray(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), status));
    }
}

/// <summary>A request that a receiver of notifications got, and how it answered.</summary>
internal sealed record Notification(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers, int Status)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string Event => Json.GetProperty("event").GetString()!;

    public long Number => Json.GetProperty("number").GetInt64();

    public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;
}
