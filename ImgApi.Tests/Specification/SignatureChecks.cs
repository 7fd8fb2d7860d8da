using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
[Category("Slow")]
internal sealed class SignatureChecks : SignatureFixture
{
    private const string Uuid = "00000000-0000-4000-8000-000000000000";

    [TestCase("POST", "/images")]
    [TestCase("PUT", "/images/" + Uuid + "/file?compression=gzip")]
    [TestCase("POST", "/images/" + Uuid + "?action=activate")]
    [TestCase("POST", "/images/" + Uuid + "?action=disable")]
    [TestCase("POST", "/images/" + Uuid + "?action=enable")]
    [TestCase("POST", "/images/" + Uuid + "?action=update")]
    [TestCase("POST", "/images/" + Uuid + "/acl")]
    [TestCase("POST", "/images/" + Uuid + "/acl?action=remove")]
    [TestCase("DELETE", "/images/" + Uuid)]
    [TestCase("POST", "/authkeys/reload")]
    public async Task Check_043_and_044_writes_need_credentials(string method, string url) =>
        AssertUnauthorized(await Anonymous.AnswerAsync(new HttpMethod(method), url, null), NoCredentials);

    [Test]
    public async Task Check_043_a_signed_create_is_accepted()
    {
        var answer = await SendAsync(method: "POST", url: "/images", body: Requests.Manifest(("public", true)));
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
    }

    [Test]
    public async Task Check_045_credentials_come_before_the_uuid_on_writes() =>
        AssertUnauthorized(await Anonymous.DeleteAnswerAsync("/images/zz"), NoCredentials);

    [Test]
    public async Task Check_046_the_uuid_comes_before_credentials_on_reads() =>
        Assert.That((int)(await SendAsync(Stranger, url: "/images/zz")).Status, Is.EqualTo(404));

    [TestCase("rsa-sha256")]
    [TestCase("rsa-sha1")]
    public async Task Check_047_and_048_a_signed_ping_names_the_user(string algorithm)
    {
        var answer = await SendAsync(algorithm: algorithm);
        Assert.That(answer.Keys, Is.EqualTo(new[] { "ping", "version", "imgapi", "pid", "user" }), answer.Text);
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo("bob"));
    }

    [TestCase("/ping")]
    [TestCase("/images")]
    public async Task Check_049_and_050_a_wrong_key_is_refused_on_reads_too(string url) =>
        AssertUnauthorized(await SendAsync(Stranger, url: url), "Unauthorized");

    [Test]
    public async Task Check_051_files_do_not_look_at_signatures()
    {
        var created = await SendAsync(method: "POST", url: "/images", body: Requests.Manifest(("public", true)));
        var file = $"/images/{created.Uuid}/file";
        var missing = await SendAsync(Stranger, url: file);
        Assert.That((int)missing.Status, Is.EqualTo(404));
        await SendAsync(method: "PUT", url: file + "?compression=none", body: Requests.Bytes([1, 2, 3]));
        Assert.That((await SendAsync(Stranger, url: file)).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [TestCase(-400, "400")]
    [TestCase(301, "301")]
    public async Task Check_052_a_date_that_is_far_off_is_refused(double skew, string seconds) =>
        AssertUnauthorized(await SendAsync(skew: skew), $"clock skew of {seconds}s was greater than 300s");

    [TestCase(200)]
    [TestCase(-300)]
    [TestCase(300)]
    public async Task Check_053_a_date_that_is_a_little_off_is_accepted(double skew) =>
        Assert.That((int)(await SendAsync(skew: skew)).Status, Is.EqualTo(200));

    [TestCase("hmac-sha1")]
    [TestCase("hmac-sha256")]
    [TestCase("hmac-sha512")]
    public async Task Check_054_shared_secrets_are_refused(string algorithm) =>
        AssertUnauthorized(
            await PingAsync(("Date", Date()), ("Authorization", $"Signature keyId=\"bob\",algorithm=\"{algorithm}\",signature=\"YQ==\"")),
            $"Unauthorized (\"{algorithm.ToUpperInvariant()}\" is not a supported http-signature signing algorithm)");

    [TestCase("Bearer x")]
    [TestCase("Basic Ym9iOnNlY3JldA==")]
    [TestCase("signature keyId=\"bob\"")]
    [TestCase("SignatureX")]
    public async Task Check_055_other_schemes_are_refused(string header) =>
        AssertUnauthorized(await PingAsync(("Authorization", header)), "scheme was not \"Signature\"");

    [Test]
    public async Task Check_056_a_request_without_a_date_is_refused() =>
        AssertUnauthorized(
            await PingAsync(("Authorization", "Signature keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\"")),
            "date was not in the request");

    [Test]
    public async Task Check_042_and_057_a_new_keys_file_counts_after_a_reload()
    {
        const string User = "new.user";
        AssertUnauthorized(await SendAsync(Stranger, User), "Unauthorized");
        AddKeysFile(User + ".keys", $"# {User}\n\n{await SshKeys.PublicAsync(Stranger)}\n");
        var reloaded = await SendAsync(method: "POST", url: "/authkeys/reload");
        Assert.That(reloaded.Text, Is.EqualTo("{}"));
        Assert.That((await SendAsync(Stranger, User)).Json.GetProperty("user").GetString(), Is.EqualTo(User));
    }

    [Test]
    public async Task Check_041_a_reload_without_keys_does_nothing()
    {
        await using var basic = await TestServer.StartAsync();
        Assert.That((await basic.Admin.PostAnswerAsync("/authkeys/reload")).Text, Is.EqualTo("{}"));
        Assert.That((int)(await basic.Anonymous.PostAnswerAsync("/authkeys/reload")).Status, Is.EqualTo(401));
        await using var open = await TestServer.StartAsync(
            configure: configuration => configuration with { Users = [], Authentication = ImgApi.Api.Configuration.AuthenticationKind.None });
        Assert.That((await open.Anonymous.PostAnswerAsync("/authkeys/reload")).Text, Is.EqualTo("{}"));
    }
}
