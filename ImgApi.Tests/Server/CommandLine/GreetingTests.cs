using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The output of the first start without a configuration, and of the second.</summary>
[TestFixture]
[Platform("Linux", Reason = "HOME")]
[Category("Slow")]
internal sealed class GreetingTests
{
    private readonly TemporaryFolder _home = new();
    private IReadOnlyCollection<string> _first = null!;
    private IReadOnlyCollection<string> _second = null!;
    private string _address = null!;
    private string _password = null!;
    private HttpStatusCode _login;

    [OneTimeSetUp]
    public async Task StartTwiceAsync()
    {
        using var port = await Ports.TakeAsync(ServerConfiguration.DefaultPort);
        await using (var server = await ServerProcess.StartWithoutConfigurationAsync(_home.Path))
        {
            _first = server.Log;
            _address = server.Address.ToString().TrimEnd('/');
            _password = _first.Single(line => line.Contains("password", StringComparison.Ordinal)).Split("password ")[1].Split(' ')[0];
            using var client = new HttpClient { DefaultRequestHeaders = { Authorization = TestServer.Basic("admin", _password) } };
            _login = (await client.GetAsync(new Uri(server.Address, "/state"))).StatusCode;
        }

        await using var again = await ServerProcess.StartWithoutConfigurationAsync(_home.Path);
        _second = again.Log;
    }

    [OneTimeTearDown]
    public void RemoveHome() => _home.Dispose();

    [Test]
    public void The_first_line_is_the_version() => Assert.That(_first.First(), Does.Match(@"^ImgApi \d+\.\d+\.\d+$"));

    [Test]
    public void The_first_start_shows_the_path_of_the_new_configuration() =>
        Assert.That(_first, Has.Some.EqualTo($"  configuration   {_home.Path}/.imgapi/config.json (new, for this machine only)"));

    [Test]
    public void The_first_start_shows_the_path_of_the_images() => Assert.That(_first, Has.Some.EqualTo($"  images          {_home.Path}/.imgapi/images"));

    [Test]
    public void The_first_start_shows_the_number_of_images_the_address_and_the_free_space() =>
        Assert.That(_first, Has.Some.Match($@"^Serving 0 images at {_address}, [\d.]+ [KMGT]iB free$"));

    [Test]
    public void The_first_start_shows_the_address_for_a_browser() => Assert.That(_first, Has.Some.Match($"web page +open {_address} in a browser"));

    [Test]
    public void The_first_start_shows_how_to_stop_the_server() => Assert.That(_first, Has.Some.Contain("Ctrl+C"));

    [Test]
    public void The_login_of_the_first_start_works() => Assert.That(_login, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public void The_second_start_does_not_show_the_login() => Assert.That(_second, Has.None.Contain("password"));

    [Test]
    public void The_new_configuration_has_the_password_as_a_hash_only() =>
        Assert.That(File.ReadAllText(_home.Combine(".imgapi/config.json")), Does.Not.Contain(_password).And.Contain("$pbkdf2"));

    [Test]
    public void The_first_start_shows_no_message_of_the_framework() =>
        Assert.That(string.Join('\n', _first), Does.Not.Contain("Microsoft").And.Not.Contain("ImgApi.").And.Not.Contain("Content root").And.Not.Contain("warn"));
}
