using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>Writes without credentials are allowed on loopback and private networks only, unless the operator insists.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OpenWritesTests : IDisposable
{
    private static readonly string[] PublicAddresses = ["8.8.8.8", "172.32.0.1", "100.64.0.1", "11.0.0.1", "2001:4860::1", "::ffff:8.8.8.8"];
    private static readonly string[] Modes = ["mixed", "public", "private", "dc"];

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
    public void On_a_private_address_open_writes_need_no_allowOpenWrites(string address) =>
        Assert.That(Read($"\"authType\":\"none\",\"address\":\"{address}\"").Authentication, Is.EqualTo(AuthenticationKind.None));

    [Test]
    public void On_a_public_address_open_writes_are_refused_in_every_mode(
        [ValueSource(nameof(PublicAddresses))] string address, [ValueSource(nameof(Modes))] string mode)
    {
        var problems = Assert.Throws<ConfigurationException>(() => Read(OpenWrites(address, mode)))!.Problems;
        Assert.That(problems.Single(), Does.StartWith("\"authType\" is none").And.Contains("\"allowOpenWrites\""));
    }

    [Test]
    public void On_a_public_address_open_writes_can_be_forced_in_every_mode(
        [ValueSource(nameof(PublicAddresses))] string address, [ValueSource(nameof(Modes))] string mode) =>
        Assert.That(Read(OpenWrites(address, mode) + ",\"allowOpenWrites\":true").AllowOpenWrites, Is.True);

    private static string OpenWrites(string address, string mode) => $"\"mode\":\"{mode}\",\"authType\":\"none\",\"address\":\"{address}\"";

    [TestCase("0.0.0.0", true, "127.0.0.1", "10.0.0.7", "fe80::1%2")]
    [TestCase("::", true, "127.0.0.1", "::1", "192.168.1.1")]
    [TestCase("::ffff:0.0.0.0", true, "127.0.0.1")]
    [TestCase("0.0.0.0", false, "127.0.0.1", "10.0.0.7", "8.8.8.8")]
    [TestCase("::", false, "127.0.0.1", "2001:4860::1")]
    [TestCase("::ffff:0.0.0.0", false, "8.8.8.8")]
    [TestCase("10.0.0.7", true, "8.8.8.8")]
    [TestCase("8.8.8.8", false, "127.0.0.1")]
    public void A_wildcard_address_is_private_only_if_every_address_of_the_machine_is(string address, bool isOwn, params string[] ofMachine) =>
        Assert.That(PrivateNetworks.Contain(IPAddress.Parse(address), ofMachine.Select(IPAddress.Parse)), Is.EqualTo(isOwn));

    [Test]
    public void The_addresses_of_the_machine_include_loopback() =>
        Assert.That(PrivateNetworks.AddressesOfMachine(), Has.Member(IPAddress.Loopback));

    [Test]
    public void Without_an_address_open_writes_are_refused_if_the_machine_has_a_public_address()
    {
        var isOwn = PrivateNetworks.AddressesOfMachine().All(address => PrivateNetworks.Contain(address, []));
        Assert.That(() => Read("\"authType\":\"none\",\"allowOpenWrites\":false"), isOwn ? Throws.Nothing : Throws.InstanceOf<ConfigurationException>());
    }

    [Test]
    public void With_credentials_any_address_is_accepted() =>
        Assert.That(Read("\"address\":\"0.0.0.0\"").Authentication, Is.EqualTo(AuthenticationKind.Basic));
}
