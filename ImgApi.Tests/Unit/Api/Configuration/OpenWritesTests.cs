using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>Writes without credentials are for a machine itself and for private networks, unless the operator insists.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OpenWritesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ServerConfiguration Read(string members) => ConfigurationFile.Read(_folder.Write("config.json", $$"""{"datadir":"x",{{members}}}"""));

    [TestCase("127.0.0.1")]
    [TestCase("127.8.8.8")]
    [TestCase("::1")]
    [TestCase("10.99.99.7")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.1.1")]
    [TestCase("169.254.1.1")]
    [TestCase("fd00::7")]
    [TestCase("fe80::1")]
    [TestCase("fe80::1%1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("192.0.2.2")]
    public void Own_networks_need_no_more_than_the_wish(string address) =>
        Assert.That(Read($"\"authType\":\"none\",\"address\":\"{address}\"").Authentication, Is.EqualTo(AuthenticationKind.None));

    [TestCase("8.8.8.8")]
    [TestCase("172.32.0.1")]
    [TestCase("100.64.0.1")]
    [TestCase("11.0.0.1")]
    [TestCase("2001:4860::1")]
    [TestCase("::ffff:8.8.8.8")]
    public void Elsewhere_the_start_is_refused_in_every_mode_unless_it_is_forced(string address)
    {
        foreach (var mode in (string[])["mixed", "public", "private", "dc"])
        {
            var members = $"\"mode\":\"{mode}\",\"authType\":\"none\",\"address\":\"{address}\"";
            var problems = Assert.Throws<ConfigurationException>(() => Read(members))!.Problems;
            Assert.That(problems.Single(), Does.StartWith("\"authType\" is none").And.Contains("\"allowOpenWrites\""));
            Assert.That(Read(members + ",\"allowOpenWrites\":true").AllowOpenWrites, Is.True);
        }
    }

    [TestCase("0.0.0.0", true, "127.0.0.1", "10.0.0.7", "fe80::1%2")]
    [TestCase("::", true, "127.0.0.1", "::1", "192.168.1.1")]
    [TestCase("::ffff:0.0.0.0", true, "127.0.0.1")]
    [TestCase("0.0.0.0", false, "127.0.0.1", "10.0.0.7", "8.8.8.8")]
    [TestCase("::", false, "127.0.0.1", "2001:4860::1")]
    [TestCase("::ffff:0.0.0.0", false, "8.8.8.8")]
    [TestCase("10.0.0.7", true, "8.8.8.8")]
    [TestCase("8.8.8.8", false, "127.0.0.1")]
    public void All_addresses_are_as_good_as_the_worst_that_the_machine_has(string address, bool isOwn, params string[] ofMachine) =>
        Assert.That(PrivateNetworks.Contain(IPAddress.Parse(address), ofMachine.Select(IPAddress.Parse)), Is.EqualTo(isOwn));

    [Test]
    public void Without_an_address_the_machines_count()
    {
        Assert.That(PrivateNetworks.AddressesOfMachine(), Has.Member(IPAddress.Loopback));
        var isOwn = PrivateNetworks.AddressesOfMachine().All(address => PrivateNetworks.Contain(address, []));
        Assert.That(() => Read("\"authType\":\"none\",\"allowOpenWrites\":false"), isOwn ? Throws.Nothing : Throws.InstanceOf<ConfigurationException>());
    }

    [Test]
    public void With_credentials_every_address_will_do() =>
        Assert.That(Read("\"address\":\"0.0.0.0\"").Authentication, Is.EqualTo(AuthenticationKind.Basic));
}
