namespace ImgApi.Tests.Clients.Packages;

/// <summary>The Debian package in a system with the version before, with an edited configuration and an image; then removed, then purged.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DebianUpgradeTests
{
    private const string Facts = "dpkg-query -W -f '${Status}\n' imgapi; for f in /usr/bin/imgapi /etc/imgapi/config.json /etc/imgapi/users.json "
        + "/var/lib/imgapi/image; do if [ -e $f ]; then echo $f; fi; done";

    private DebianRoot _root = null!;
    private string _configuration = null!;
    private string _upgraded = null!;
    private string _removed = null!;
    private string _purged = null!;

    /// <summary>The version before is the same package with a lower number: what is tested here are the scripts of the package and dpkg's.</summary>
    [OneTimeSetUp]
    public async Task ChangeAsync()
    {
        var package = BuiltPackages.Find("imgapi_*_amd64.deb");
        _root = await DebianRoot.CreateAsync();
        _root.Add(package, "/tmp/imgapi.deb");
        await _root.RunAsync("""
            dpkg-deb -R /tmp/imgapi.deb /tmp/before
            sed -i 's/^Version: .*/Version: 0.9.0/' /tmp/before/DEBIAN/control
            dpkg-deb -Znone -b /tmp/before /tmp/before.deb
            dpkg -i /tmp/before.deb
            sed -i 's/8080/8090/' /etc/imgapi/config.json
            echo '{}' > /etc/imgapi/users.json
            echo image > /var/lib/imgapi/image
            """);
        await _root.RunAsync("dpkg -i /tmp/imgapi.deb");
        _configuration = await _root.RunAsync("cat /etc/imgapi/config.json");
        _upgraded = await _root.RunAsync(Facts);
        await _root.RunAsync("dpkg -r imgapi");
        _removed = await _root.RunAsync(Facts);
        await _root.RunAsync("dpkg -P imgapi");
        _purged = await _root.RunAsync("ls /etc | grep imgapi || true; find /var/lib/imgapi -type f; if [ -e /usr/lib/imgapi ]; then echo program; fi");
    }

    [OneTimeTearDown]
    public void Remove() => _root?.Dispose();

    [Test]
    public void An_upgrade_keeps_an_edited_configuration() => Assert.That(_configuration, Does.Contain("8090"));

    [Test]
    public void An_upgrade_keeps_users_and_images() =>
        Assert.That(_upgraded, Is.EqualTo("install ok installed\n/usr/bin/imgapi\n/etc/imgapi/config.json\n/etc/imgapi/users.json\n/var/lib/imgapi/image"));

    [Test]
    public void A_removal_keeps_everything_but_the_program() =>
        Assert.That(_removed, Is.EqualTo("deinstall ok config-files\n/etc/imgapi/config.json\n/etc/imgapi/users.json\n/var/lib/imgapi/image"));

    [Test]
    public void A_purge_keeps_only_the_images() => Assert.That(_purged, Is.EqualTo("/var/lib/imgapi/image"));
}
