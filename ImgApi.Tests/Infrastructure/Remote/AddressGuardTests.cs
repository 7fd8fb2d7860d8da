using System.Net;
using ImgApi.Infrastructure.Remote;

namespace ImgApi.Tests.Infrastructure.Remote;

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
    public void This_machine_and_its_link_are_off_limits(string address) =>
        Assert.That(AddressGuard.IsForbidden(IPAddress.Parse(address)), Is.True);

    [TestCase("10.0.0.1")]
    [TestCase("192.168.1.1")]
    [TestCase("172.16.0.1")]
    [TestCase("8.8.8.8")]
    [TestCase("223.255.255.255")]
    [TestCase("fd00::1")]
    [TestCase("2001:db8::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("64:ff9b::808:808")]
    public void Networks_are_not(string address) => Assert.That(AddressGuard.IsForbidden(IPAddress.Parse(address)), Is.False);
}
