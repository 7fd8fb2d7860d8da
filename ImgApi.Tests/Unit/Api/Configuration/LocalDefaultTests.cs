using System.Net;
using System.Runtime.Versioning;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>The configuration that a server without a configuration file creates in the home folder.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform(Exclude = "Win", Reason = "file modes")]
[UnsupportedOSPlatform("windows")]
internal sealed class LocalDefaultTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly ServerConfiguration _configuration;
    private readonly NewLogin _login;

    public LocalDefaultTests()
    {
        (_configuration, var login) = LocalDefault.FindOrCreate(_home.Path);
        _login = login!;
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_local_default_listens_on_loopback() => Assert.That(_configuration.Address, Is.EqualTo(IPAddress.Loopback));

    [Test]
    public void The_local_default_stores_images_in_the_home_folder() =>
        Assert.That(_configuration.DataFolder, Is.EqualTo(_home.Combine(".imgapi", "images")));

    [Test]
    public void The_local_default_stores_the_password_as_a_hash()
    {
        Assert.That(PasswordHash.TryParse(_configuration.Users.Single().Password, out var hash), Is.True);
        Assert.That(hash!.Matches(_login.Password), Is.True);
    }

    [Test]
    public void The_local_default_is_private_to_its_owner() => Assert.That(
        File.GetUnixFileMode(_home.Combine(".imgapi", "config.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

    [Test]
    public void A_second_start_uses_the_same_local_default()
    {
        var (second, login) = LocalDefault.FindOrCreate(_home.Path);
        Assert.That(second.Users, Is.EqualTo(_configuration.Users));
        Assert.That(login, Is.Null, "the password is shown once");
    }
}
