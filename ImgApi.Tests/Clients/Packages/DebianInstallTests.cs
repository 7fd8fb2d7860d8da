using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The Debian package, installed in a system without it.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DebianInstallTests
{
    private DebianRoot _root = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        var package = BuiltPackages.Find("imgapi_*_amd64.deb");
        _root = await DebianRoot.CreateAsync();
        _root.Add(package, "/tmp/imgapi.deb");
        await _root.RunAsync("dpkg -i /tmp/imgapi.deb");
    }

    [OneTimeTearDown]
    public void Remove() => _root?.Dispose();

    [Test]
    public async Task The_server_has_a_user_of_its_own_that_cannot_log_in() =>
        Assert.That(await _root.RunAsync("getent passwd imgapi | cut -d: -f6-"), Is.EqualTo("/var/lib/imgapi:/usr/sbin/nologin"));

    [Test]
    public async Task Only_root_and_the_server_can_read_the_configuration() =>
        Assert.That(await _root.RunAsync("stat -c '%a %U %G' /etc/imgapi/config.json"), Is.EqualTo("640 root imgapi"));

    [Test]
    public async Task The_data_folder_belongs_to_the_server() =>
        Assert.That(await _root.RunAsync("stat -c '%a %U %G' /var/lib/imgapi"), Is.EqualTo("750 imgapi imgapi"));

    [Test]
    public async Task The_unit_is_enabled() =>
        Assert.That(await _root.RunAsync("systemctl is-enabled imgapi.service"), Is.EqualTo("enabled"));

    [Test]
    public async Task The_configuration_is_valid() =>
        Assert.That(await _root.RunAsync("imgapi check-config -c /etc/imgapi/config.json"), Does.Contain("is valid"));

    [Test]
    public async Task The_server_answers_as_its_user_with_the_installed_configuration() =>
        Assert.That(
            await _root.RunAsync("""
                setpriv --reuid=imgapi --regid=imgapi --clear-groups imgapi -s -c /etc/imgapi/config.json > /tmp/log &
                curl -sS --retry 60 --retry-connrefused --retry-delay 1 http://127.0.0.1:8080/ping
                kill $!
                wait $!
                """),
            Does.Contain("\"ping\": \"pong\""));

    [Test]
    public async Task An_installed_server_takes_an_image_of_an_added_user() =>
        Assert.That(
            await _root.RunAsync("""
                echo 'a long password' | imgapi user add admin --role admin -c /etc/imgapi/config.json
                setpriv --reuid=imgapi --regid=imgapi --clear-groups imgapi -s -c /etc/imgapi/config.json > /tmp/log &
                curl -sS --retry 60 --retry-connrefused --retry-delay 1 http://127.0.0.1:8080/ping > /tmp/ping
                curl -sS -u 'admin:a long password' -H 'Content-Type: application/json' -w '%{http_code}' -o /tmp/answer \
                  -d '{"name":"base","version":"1","type":"zone-dataset","os":"smartos"}' http://127.0.0.1:8080/images
                kill $!
                wait $!
                """),
            Does.EndWith("200"));

    [TestCase("/usr/share/man/man1/imgapi.1.gz")]
    [TestCase("/usr/share/bash-completion/completions/imgapi")]
    [TestCase("/usr/share/zsh/vendor-completions/_imgapi")]
    [TestCase("/usr/share/fish/vendor_completions.d/imgapi.fish")]
    public void The_manual_page_and_completions_are_installed(string path) =>
        Assert.That(new FileInfo(Path.Combine(_root.Path, path[1..])), Has.Length.GreaterThan(100));

    [Test]
    public async Task Lintian_finds_nothing_in_the_package()
    {
        var lintian = Tools.Require("lintian", "lintian");
        var (code, output, _) = await Tools.RunAsync(lintian, ["--allow-root", "--fail-on", "error,warning", BuiltPackages.Find("imgapi_*_amd64.deb")]);
        Assert.That((code, output), Is.EqualTo((0, "")));
    }
}
