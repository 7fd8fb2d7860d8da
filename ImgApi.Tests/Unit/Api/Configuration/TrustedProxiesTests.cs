using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>The key <c>trustedProxies</c>.</summary>
[TestFixture]
internal sealed class TrustedProxiesTests
{
    private static TrustedProxies Read(string json)
    {
        using var folder = new TemporaryFolder();
        return ConfigurationFile.Read(folder.Write("config.json", $$"""{ "datadir": "x", "trustedProxies": {{json}} }""")).TrustedProxies;
    }

    private static DefaultHttpContext From(string? address) =>
        new DefaultHttpContext { Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) } };

    [TestCase("[\"10.0.0.2\"]", "10.0.0.2")]
    [TestCase("[\"10.0.0.2\"]", "::ffff:10.0.0.2")]
    [TestCase("[\"fd00::1\", \"10.1.0.0/16\"]", "10.1.2.3")]
    [TestCase("[\"fd00::/8\"]", "fd00::7")]
    public void A_listed_proxy_is_trusted(string json, string address) => Assert.That(Read(json).Include(From(address)), Is.True);

    [TestCase("[]", "127.0.0.1")]
    [TestCase("[\"10.0.0.2\"]", "10.0.0.3")]
    [TestCase("[\"10.0.0.2\"]", "127.0.0.1")]
    [TestCase("[\"10.0.0.2\"]", null)]
    public void An_unlisted_address_is_not_trusted(string json, string? address) => Assert.That(Read(json).Include(From(address)), Is.False);

    [TestCase("127.0.0.1", true)]
    [TestCase("::1", true)]
    [TestCase("192.0.2.1", false)]
    public void By_default_only_this_machine_is_trusted(string address, bool expected) =>
        Assert.That(TrustedProxies.Local.Include(From(address)), Is.EqualTo(expected));

    [TestCase("\"10.0.0.2\"")]
    [TestCase("[\"proxy.example.com\"]")]
    [TestCase("[\"10.0.0.0/33\"]")]
    [TestCase("[10]")]
    [TestCase("[\"\"]")]
    [TestCase("null")]
    public void An_invalid_list_of_proxies_is_refused(string json) => Assert.That(
        () => Read(json), Throws.TypeOf<ConfigurationException>().With.Message.Contains("\"trustedProxies\" must be a list of IP addresses or networks"));
}
