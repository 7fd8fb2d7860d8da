using System.Globalization;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>The checks of <c>imgapi ping</c>. Each returns what it found, or throws.</summary>
internal sealed class ServerChecks(Session session)
{
    private const int HeadSize = 64 * 1024;

    // Signed requests with a larger difference are refused (contract 7.3).
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(300);

    private RemotePing? _ping;
    private DateTimeOffset _now;
    private RemoteManifest? _image;

    public IEnumerable<(string Name, Func<CancellationToken, Task<string>> Check)> All =>
    [
        ("ping", PingAsync),
        ("list", ListAsync),
        ("file", FileAsync),
        ("clock", ClockAsync),
        .. session.Source.Address.Scheme == Uri.UriSchemeHttps
            ? [("tls", cancellation => TlsCheck.RunAsync(session.Source.Address, cancellation))]
            : ((string, Func<CancellationToken, Task<string>>)[])[],
    ];

    private async Task<string> PingAsync(CancellationToken cancellation)
    {
        _ping = await session.Server.PingAsync(session.Source, session.RequestId, cancellation);
        _now = TimeProvider.System.GetUtcNow();
        return _ping.IsImageServer
            ? $"version {_ping.Json.Member("version").AsLenientText() ?? "unknown"}{(_ping.User is { } user ? $", user {user}" : "")}{(_ping.Role is { } role ? $", role {role}" : "")}"
            : throw Fault("it is not an image server of this API: \"imgapi\" is not true in its answer");
    }

    private async Task<string> ListAsync(CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var image in session.Images.ListAsync(session.Source, [], session.RequestId, cancellation))
        {
            count++;
            _image = ImageFields.Number(image.Json, ImageFields.Size) > 0 ? image : _image;
        }

        return Count.Of(count, "image");
    }

    /// <summary>Reads the beginning of the file of the newest image.</summary>
    private async Task<string> FileAsync(CancellationToken cancellation)
    {
        if (_image is null)
        {
            return "no image has a file";
        }

        await using var content = await session.Images.OpenFileAsync(session.Image(_image.Uuid!.Value), cancellation);
        var size = ImageFields.Number(_image.Json, ImageFields.Size);
        if (content.Length != size)
        {
            throw Fault($"Content-Length is {content.Length?.ToString(CultureInfo.InvariantCulture) ?? "missing"}, but the manifest says {size}, so imgadm refuses the file");
        }

        var read = await content.Body.ReadAtLeastAsync(new byte[HeadSize], HeadSize, throwOnEndOfStream: false, cancellation);
        return $"first {ByteSize.Approximate(read)} of {Names.Of(_image.Json)}";
    }

    private Task<string> ClockAsync(CancellationToken cancellation)
    {
        if (_ping?.Date is not { } date)
        {
            return Task.FromResult("the server sends no Date");
        }

        var skew = (_now - date).Duration();
        var text = string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:0} s apart");
        return skew <= MaxSkew
            ? Task.FromResult(text)
            : throw Fault($"{text}: signed requests are refused beyond {MaxSkew.TotalSeconds} s; set the clocks by NTP");
    }

    private static ImgApiException Fault(string reason) => new(ErrorCode.RemoteSource, reason);
}
