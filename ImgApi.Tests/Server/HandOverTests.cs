using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Content that a front server sends from the disk: only if both the configuration and the front server ask for it.</summary>
[TestFixture]
internal sealed class HandOverTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4, 5];

    private static async Task<Answer> FetchAsync(TestServer server, params (string Name, string Value)[] headers)
    {
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, Bytes);
        return await server.Admin.GetAnswerAsync($"/images/{uuid}/file", headers);
    }

    private static Task<TestServer> StartAsync(string? accelRedirect, bool sendfile) => TestServer.StartAsync(
        configure: configuration => configuration with { AccelRedirect = accelRedirect, Sendfile = sendfile });

    [TestCase(null, false, "X-Accel-Redirect")]
    [TestCase(null, false, "X-Sendfile")]
    [TestCase(null, true, "X-Accel-Redirect")]
    [TestCase("/data/", false, "X-Sendfile")]
    [TestCase("/data/", true, "X-Lighttpd-Send-File")]
    [TestCase("/data/", true, "")]
    [TestCase("/data/", true, null)]
    public async Task A_caller_that_does_not_ask_for_the_configured_header_gets_the_bytes(string? accelRedirect, bool sendfile, string? type)
    {
        await using var server = await StartAsync(accelRedirect, sendfile);
        var answer = await FetchAsync(server, type is null ? [] : [("X-Sendfile-Type", type)]);
        Assert.That(answer.Bytes, Is.EqualTo(Bytes));
        Assert.That((answer.Header("X-Accel-Redirect"), answer.Header("X-Sendfile")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase(null, false, "Authorization")]
    [TestCase("/data/", false, "Authorization, X-Sendfile-Type")]
    [TestCase(null, true, "Authorization, X-Sendfile-Type")]
    public async Task Answers_vary_by_X_Sendfile_Type_if_a_front_server_is_configured(string? accelRedirect, bool sendfile, string vary)
    {
        await using var server = await TestServer.StartAsync(configure: configuration =>
            configuration with { AccelRedirect = accelRedirect, Sendfile = sendfile, ReadAccess = ReadAccess.Private });
        Assert.That((await FetchAsync(server)).Header("Vary"), Is.EqualTo(vary));
    }

    [Test]
    public async Task Nginx_gets_the_location_of_the_file_instead_of_the_bytes()
    {
        await using var server = await StartAsync("/data/", sendfile: false);
        var answer = await FetchAsync(server, ("X-Sendfile-Type", "X-Accel-Redirect"), ("Range", "bytes=1-2"));
        var location = answer.Header("X-Accel-Redirect");
        Assert.That((answer.Status, answer.Bytes), Is.EqualTo((HttpStatusCode.OK, Array.Empty<byte>())));
        Assert.That(File.ReadAllBytes(Path.Combine(server.DataFolder, Uri.UnescapeDataString(location!["/data/".Length..]))), Is.EqualTo(Bytes));
    }

    [Test]
    public async Task A_caller_cannot_choose_the_location_for_nginx()
    {
        await using var server = await StartAsync("/data/", sendfile: false);
        var answer = await FetchAsync(server, ("X-Sendfile-Type", "X-Accel-Redirect"), ("X-Accel-Mapping", "/=/elsewhere/"));
        Assert.That(answer.Header("X-Accel-Redirect"), Does.StartWith("/data/"));
    }

    [TestCase("X-Sendfile")]
    [TestCase("X-Accel-Redirect")]
    public async Task A_caller_that_is_not_a_trusted_proxy_gets_the_bytes(string type)
    {
        await using var server = await TestServer.StartAsync(configure: configuration =>
            configuration with { AccelRedirect = "/data/", Sendfile = true, TrustedProxies = new TrustedProxies([]) });
        var answer = await FetchAsync(server, ("X-Sendfile-Type", type));
        Assert.That((answer.Header(type), answer.Bytes), Is.EqualTo(((string?)null, Bytes)));
    }

    [Test]
    public async Task A_front_server_with_X_Sendfile_gets_the_path_of_the_file()
    {
        await using var server = await StartAsync(null, sendfile: true);
        var answer = await FetchAsync(server, ("X-Sendfile-Type", "X-Sendfile"));
        Assert.That(answer.Bytes, Is.Empty);
        Assert.That(File.ReadAllBytes(answer.Header("X-Sendfile")!), Is.EqualTo(Bytes));
    }

    [Test]
    public async Task A_private_image_is_not_found_by_a_stranger_through_a_front_server()
    {
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { Sendfile = true, ReadAccess = ReadAccess.Private });
        var uuid = await server.Admin.CreateAsync(("public", false));
        await server.Admin.UploadAsync(uuid, Bytes);
        var answer = await server.Anonymous.GetAnswerAsync($"/images/{uuid}/file", ("X-Sendfile-Type", "X-Sendfile"));
        Assert.That((answer.Status, answer.Header("X-Sendfile")), Is.EqualTo((HttpStatusCode.NotFound, (string?)null)));
    }
}
