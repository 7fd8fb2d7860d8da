using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Support;

/// <summary>A collector of OpenTelemetry that records what it gets by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The bodies so far by path. They are in the format of Protocol Buffers, in which texts appear as they are.</summary>
    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    /// <summary>All bodies of a path.</summary>
    public string TextOf(string path) => string.Concat(Received.Where(received => received.Path == path).Select(received => received.Body));

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(collector.RecordAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task RecordAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
    }
}
