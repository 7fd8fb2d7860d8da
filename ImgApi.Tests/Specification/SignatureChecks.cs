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
    [Check(43, 44)]
    public async Task A_write_without_credentials_is_refused(string method, string url) =>
        AssertUnauthorized(await Anonymous.AnswerAsync(new HttpMethod(method), url, null), NoCredentials);

    [Test]
    [Check(43)]
    public async Task A_signed_create_is_accepted()
    {
        var answer = await SendAsync(method: "POST", url: "/images", body: Requests.Manifest(("public", true)));
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
    }

    [Test]
    public async Task A_user_with_a_key_has_the_role_that_the_configuration_names()
    {
        var answer = await SendAsync(user: "reader", method: "POST", url: "/images", body: Requests.Manifest(("public", true)));
        Assert.That((int)answer.Status, Is.EqualTo(403), answer.Text);
    }

    [Test]
    [Check(45)]
    public async Task A_write_of_an_invalid_uuid_needs_credentials_too() =>
        AssertUnauthorized(await Anonymous.DeleteAnswerAsync("/images/zz"), NoCredentials);

    [Test]
    [Check(46)]
    public async Task A_read_of_an_invalid_uuid_is_not_found_whatever_the_credentials() =>
        Assert.That((int)(await SendAsync(Stranger, url: "/images/zz")).Status, Is.EqualTo(404));

    [TestCase("rsa-sha256")]
    [TestCase("rsa-sha1")]
    [Check(47, 48)]
    public async Task A_signed_ping_names_the_user(string algorithm)
    {
        var answer = await SendAsync(algorithm: algorithm);
        Assert.That(answer.Keys, Is.EqualTo(new[] { "ping", "version", "imgapi", "pid", "user", "role" }), answer.Text);
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo("bob"));
    }

    [TestCase("/ping")]
    [TestCase("/images")]
    [Check(49, 50)]
    public async Task A_read_that_another_key_signed_is_refused(string url) =>
        AssertUnauthorized(await SendAsync(Stranger, url: url), "Unauthorized");

    [Test]
    [Check(51)]
    public async Task A_download_of_a_file_that_does_not_exist_is_not_found_whatever_the_signature() =>
        Assert.That((int)(await SendAsync(Stranger, url: $"/images/{Uuid}/file")).Status, Is.EqualTo(404));

    [Test]
    [Check(51)]
    public async Task A_download_does_not_look_at_the_signature()
    {
        var created = await SendAsync(method: "POST", url: "/images", body: Requests.Manifest(("public", true)));
        var file = $"/images/{created.Uuid}/file";
        await SendAsync(method: "PUT", url: file + "?compression=none", body: Requests.Bytes([1, 2, 3]));
        Assert.That((await SendAsync(Stranger, url: file)).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [TestCase(-400, "400")]
    [TestCase(301, "301")]
    [Check(52)]
    public async Task A_date_more_than_5_minutes_off_is_refused(double skew, string seconds) =>
        AssertUnauthorized(await SendAsync(skew: skew), $"clock skew of {seconds}s was greater than 300s");

    [TestCase(200)]
    [TestCase(-300)]
    [TestCase(300)]
    [Check(53)]
    public async Task A_date_up_to_5_minutes_off_is_accepted(double skew) =>
        Assert.That((int)(await SendAsync(skew: skew)).Status, Is.EqualTo(200));

    [TestCase("hmac-sha1")]
    [TestCase("hmac-sha256")]
    [TestCase("hmac-sha512")]
    [Check(54)]
    public async Task A_signature_with_a_shared_secret_is_refused(string algorithm) =>
        AssertUnauthorized(
            await PingAsync(("Date", Date()), ("Authorization", $"Signature keyId=\"bob\",algorithm=\"{algorithm}\",signature=\"YQ==\"")),
            $"Unauthorized (\"{algorithm.ToUpperInvariant()}\" is not a supported http-signature signing algorithm)");

    [TestCase("Bearer x")]
    [TestCase("Basic Ym9iOnNlY3JldA==")]
    [TestCase("signature keyId=\"bob\"")]
    [TestCase("SignatureX")]
    [Check(55)]
    public async Task Other_schemes_are_refused(string header) =>
        AssertUnauthorized(await PingAsync(("Authorization", header)), "scheme was not \"Signature\"");

    [Test]
    [Check(56)]
    public async Task A_request_without_a_date_is_refused() =>
        AssertUnauthorized(
            await PingAsync(("Authorization", "Signature keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\"")),
            "date was not in the request");

    [Test]
    [Check(42, 57)]
    public async Task The_keys_of_a_new_file_are_accepted_after_a_reload()
    {
        const string User = "new.user";
        AssertUnauthorized(await SendAsync(Stranger, User), "Unauthorized");
        AddKeysFile(User + ".keys", $"# {User}\n\n{await SshKeys.PublicAsync(Stranger)}\n");
        var reloaded = await SendAsync(method: "POST", url: "/authkeys/reload");
        Assert.That(reloaded.Text, Is.EqualTo("{}"));
        Assert.That((await SendAsync(Stranger, User)).Json.GetProperty("user").GetString(), Is.EqualTo(User));
    }
}
