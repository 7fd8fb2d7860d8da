using ImgApi.Domain.Remote;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.Remote;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>The server's client of other image servers, with the options and the clock of a test.</summary>
internal static class RemoteClients
{
    public static ServiceProvider Make(RemoteOptions options, TimeProvider? clock = null) => new ServiceCollection()
        .AddSingleton(clock ?? TimeProvider.System)
        .AddRemoteImages(options)
        .BuildServiceProvider();

    public static ImageSource Source(Uri address) => Source(address.ToString());

    public static ImageSource Source(string url) => ImageSource.TryParse(url, out var source) ? source : throw new FormatException(url);
}
