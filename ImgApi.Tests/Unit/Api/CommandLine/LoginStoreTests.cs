using ImgApi.Api.CommandLine.Connection;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.CommandLine;

/// <summary>The file with the logins, when several commands change it at the same time.</summary>
[TestFixture]
internal sealed class LoginStoreTests
{
    private const int Writers = 32;

    [Test]
    public async Task Logins_at_the_same_time_are_all_kept()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("imgapi", "hosts.json");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => new LoginStore(file).Change(known => known with
        {
            Servers = new Dictionary<string, Login>(known.Servers) { [$"{number}"] = new("http://localhost", "admin", "secret", null, Insecure: false) },
        }))));
        Assert.That(new LoginStore(file).Read().Servers, Has.Count.EqualTo(Writers));
    }
}
