using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>Pings of other servers, directly and through a proxy.</summary>
[TestFixture]
internal sealed class RemotePingTests
{
    private static readonly RemoteOptions Local = new() { AllowLocal = true };

    private static Task<RemotePing> PingAsync(ServiceProvider services, string source) =>
        services.GetRequiredService<RemoteServices>().Server.PingAsync(RemoteClients.Source(source), "some-id", CancellationToken.None);

    [Test]
    public async Task A_ping_of_an_image_server_returns_its_version()
    {
        await using var server = await TestServer.StartAsync();
        await using var services = RemoteClients.Make(Local);
        var ping = await PingAsync(services, $"{server.Address}");
        Assert.That((ping.IsImageServer, ping.Json.GetProperty("version").GetString()), Is.EqualTo((true, "1.0.0")));
    }

    [Test]
    public async Task A_ping_of_another_server_shows_that_it_is_no_image_server()
    {
        await using var other = ScriptedServer.Saying("200 OK", """{"ping":"pong"}""");
        await using var services = RemoteClients.Make(Local);
        Assert.That((await PingAsync(services, $"{other.Address}")).IsImageServer, Is.False);
    }

    [Test]
    public async Task The_proxy_may_be_on_this_machine()
    {
        await using var proxy = new ScriptedServer(exchange => exchange.SendJsonAsync("""{"imgapi":true,"version":"9"}"""));
        await using var services = RemoteClients.Make(new RemoteOptions { Proxy = new Uri($"http://me:secret@{proxy.Address.Authority}") });
        Assert.That((await PingAsync(services, "http://192.0.2.1/x")).Json.GetProperty("version").GetString(), Is.EqualTo("9"));
        Assert.That(proxy.Requests.Single().Target, Is.EqualTo("http://192.0.2.1/x/ping"));
    }

    [TestCase("http://127.0.0.1:1")]
    [TestCase("http://localhost:1")]
    [TestCase("http://127.0.0.1:{0}")]
    public async Task A_source_on_this_machine_is_refused_behind_a_proxy_too(string source)
    {
        await using var proxy = new ScriptedServer(exchange => exchange.SendJsonAsync("""{"imgapi":true,"version":"9"}"""));
        await using var services = RemoteClients.Make(new RemoteOptions { Proxy = new Uri($"http://me:secret@{proxy.Address.Authority}") });
        var refusal = await Refusal.Of(() => PingAsync(services, source.Replace("{0}", $"{proxy.Address.Port}", StringComparison.Ordinal)));
        Assert.That(refusal.Message, Does.Contain("points at an address of this machine"));
    }

    [Test]
    public async Task A_source_with_https_is_reached_through_a_tunnel_of_the_proxy()
    {
        await using var proxy = new ScriptedServer(exchange => exchange.SendAsync("502 No"));
        await using var services = RemoteClients.Make(new RemoteOptions { Proxy = proxy.Address });
        var refusal = await Refusal.Of(() => PingAsync(services, "https://192.0.2.1/x"));
        Assert.That(proxy.Requests.Single().Target, Is.EqualTo("192.0.2.1:443"));
        Assert.That(refusal.Message, Is.EqualTo("the proxy did not make the connection"));
    }
}
