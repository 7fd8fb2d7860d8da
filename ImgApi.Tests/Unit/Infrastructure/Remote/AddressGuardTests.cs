using System.Net;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

[TestFixture]
internal sealed class AddressGuardTests
{
    [TestCase("0.0.0.0")]
    [TestCase("127.255.255.254")]
    [TestCase("169.254.0.1")]
    [TestCase("239.1.1.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("fe80::1%1")]
    [TestCase("febf::1")]
    [TestCase("ff05::2")]
    [TestCase("::127.0.0.1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:0.0.0.0")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("2002:a9fe:a9fe::1")]
    [TestCase("fec0::1")]
    [TestCase("feff::1")]
    public void A_loopback_link_local_or_multicast_address_is_forbidden(string address) => Assert.That(IsForbidden(address), Is.True);

    [TestCase("64:ff9b:1::808:808")]
    [TestCase("64:ff9b:1:ffff:ffff:ffff:808:808")]
    [TestCase("::ffff:0:808:808")]
    [TestCase("2001::1")]
    [TestCase("2001:0:ffff::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("100.100.100.200")]
    [TestCase("::ffff:100.100.100.200")]
    public void An_address_of_a_translator_or_metadata_service_is_forbidden(string address) => Assert.That(IsForbidden(address), Is.True);

    [TestCase("203.0.113.7", "203.0.113.7")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7")]
    [TestCase("64:ff9b::cb00:7107", "203.0.113.7")]
    [TestCase("2002:cb00:7107::", "203.0.113.7")]
    [TestCase("2001:db8::7%3", "2001:db8::7")]
    [TestCase("2001:db8::7", "2001:db8::7%3")]
    public void An_address_of_an_own_interface_is_forbidden_in_every_notation(string address, string ofMachine) =>
        Assert.That(AddressGuard.IsForbidden(IPAddress.Parse(address), [IPAddress.Parse(ofMachine)]), Is.True);

    [TestCase("10.0.0.1")]
    [TestCase("192.168.1.1")]
    [TestCase("172.16.0.1")]
    [TestCase("8.8.8.8")]
    [TestCase("223.255.255.255")]
    [TestCase("fd00::1")]
    [TestCase("2001:db8::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("64:ff9b::808:808")]
    [TestCase("64:ff9b:2::1")]
    [TestCase("2001:1::1")]
    [TestCase("fd00:ec2::253")]
    [TestCase("100.100.100.201")]
    public void A_public_or_private_network_address_is_allowed(string address) => Assert.That(IsForbidden(address), Is.False);

    private static bool IsForbidden(string address) => AddressGuard.IsForbidden(IPAddress.Parse(address), [IPAddress.Parse("203.0.113.7")]);
}
