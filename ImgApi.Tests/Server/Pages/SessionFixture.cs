using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server.Pages;

/// <summary>Tests of users who sign in with a browser, at a server whose clock the test sets.</summary>
/// <param name="access">The <c>readAuth</c> of <see cref="Server"/>.</param>
internal abstract class SessionFixture(ReadAccess access)
{
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-23T03:09:51Z", null));

    protected TestServer Server { get; private set; } = null!;

    protected PageClient Browser { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Server = await StartServerAsync(access);
        Browser = new PageClient(Server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Browser.Dispose();
        await Server.DisposeAsync();
    }

    protected Task<TestServer> StartServerAsync(ReadAccess readAccess, Func<ServerConfiguration, ServerConfiguration>? configure = null) => TestServer.StartAsync(
        configure: configuration => (configure?.Invoke(configuration) ?? configuration) with { ReadAccess = readAccess },
        replace: services => services.AddSingleton<TimeProvider>(Clock));
}
