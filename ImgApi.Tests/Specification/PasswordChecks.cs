using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Credentials on a server in mode public with users and passwords (contract 7.1, 7.2).</summary>
[TestFixture]
internal sealed class PasswordChecks() : ContractFixture(ServerMode.Public)
{
    private const string WrongPassword = "Basic bm86bm8=";

    [Test]
    [Check(58)]
    public async Task A_write_with_the_right_password_is_accepted() =>
        AssertImage(await Admin.PostAnswerAsync("/images", Requests.Manifest()));

    [TestCase("admin", "wrong")]
    [TestCase("nobody", "secret")]
    [Check(59, 60)]
    public async Task A_wrong_password_and_an_unknown_user_are_refused_alike_even_on_reads(string user, string password)
    {
        var answer = await Anonymous.GetAnswerAsync("/images", ("Authorization", TestServer.Basic(user, password).ToString()));
        AssertRefused(answer, 401, "UnauthorizedError");
        Assert.That(answer.Message, Is.EqualTo("Invalid username/password combination"));
    }

    [TestCase("Bearer x")]
    [TestCase("Basic")]
    [TestCase("Basic !!!")]
    [TestCase("Basic bm9jb2xvbg==")]
    [Check(55)]
    public async Task Other_schemes_and_malformed_headers_are_refused(string header) =>
        AssertRefused(await Anonymous.GetAnswerAsync("/ping", ("Authorization", header)), 401, "UnauthorizedError");

    [TestCase("POST", "/images")]
    [TestCase("PUT", "/images/{uuid}/file?compression=gzip")]
    [TestCase("POST", "/images/{uuid}?action=activate")]
    [TestCase("POST", "/images/{uuid}?action=import")]
    [TestCase("POST", "/images/{uuid}/acl")]
    [TestCase("PUT", "/images/{uuid}/icon")]
    [TestCase("DELETE", "/images/{uuid}/icon")]
    [TestCase("DELETE", "/images/{uuid}")]
    [TestCase("DELETE", "/images/zz")]
    [TestCase("POST", "/authkeys/reload")]
    [Check(43, 44, 45)]
    public async Task A_write_without_credentials_is_refused(string method, string url)
    {
        var answer = await Anonymous.AnswerAsync(new HttpMethod(method), url.Replace("{uuid}", await Admin.CreateAsync()), null);
        AssertRefused(answer, 401, "UnauthorizedError");
        Assert.That(answer.Header("WWW-Authenticate"), Does.StartWith("Basic realm="));
    }

    [Test]
    public async Task A_delete_without_credentials_deletes_nothing()
    {
        var uuid = await Admin.CreateAsync();
        await Anonymous.DeleteAnswerAsync($"/images/{uuid}");
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
    }

    [Test]
    [Check(41)]
    public async Task A_reload_of_keys_is_accepted_and_does_nothing() =>
        Assert.That((await Admin.PostAnswerAsync("/authkeys/reload")).Text, Is.EqualTo("{}"));

    [Test]
    [Check(46)]
    public async Task A_read_of_an_invalid_uuid_is_not_found_whatever_the_credentials() =>
        AssertNotFound(await Anonymous.GetAnswerAsync("/images/zz", ("Authorization", WrongPassword)));

    [Test]
    [Check(51)]
    public async Task A_download_does_not_look_at_credentials() =>
        AssertNotFound(
            await Anonymous.GetAnswerAsync($"/images/{UnknownUuid}/file", ("Authorization", WrongPassword)),
            $"image {UnknownUuid} not found");
}
