using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Paths, methods and redirects (contract 1.4).</summary>
[TestFixture]
internal sealed class PathChecks() : ContractFixture(ServerMode.Mixed)
{
    [TestCase("/nope", "/nope")]
    [TestCase("/nope?a=b", "/nope")]
    [TestCase("/ping/", "/ping/")]
    [Check(8, 10)]
    public async Task An_unknown_path_is_not_found(string url, string path) =>
        AssertNotFound(await Anonymous.GetAnswerAsync(url), $"{path} does not exist");

    [TestCase("/IMAGES")]
    [TestCase("/Ping")]
    [TestCase("/images/" + UnknownUuid + "/FILE")]
    [Check(9)]
    public async Task Paths_are_case_sensitive(string path) =>
        AssertNotFound(await Anonymous.GetAnswerAsync(path), $"{path} does not exist");

    [TestCase("//images", "HTTP/1.1 200")]
    [TestCase("/images//" + UnknownUuid, $"image {UnknownUuid} not found")]
    [Check(12)]
    public async Task Repeated_slashes_are_read_as_one(string target, string expected) =>
        Assert.That(await RawHttp.SendAsync(Server.Address, "GET", target), Does.Contain(expected));

    [TestCase("DELETE", "/ping", "GET")]
    [TestCase("PUT", "/images", "GET, POST")]
    [TestCase("POST", "/images/" + UnknownUuid + "/file", "PUT, GET")]
    [TestCase("PATCH", "/images/" + UnknownUuid, "GET, POST, DELETE")]
    [Check(13, 14, 15)]
    public async Task A_method_that_a_path_does_not_have_is_refused(string method, string url, string allow)
    {
        var answer = await Admin.AnswerAsync(new HttpMethod(method), url, null);
        AssertRefused(answer, 405, "MethodNotAllowedError");
        Assert.That(answer.Message, Is.EqualTo($"{method} is not allowed"));
        Assert.That(answer.Header("Allow"), Is.EqualTo(allow));
    }

    [TestCase("/images/%zz")]
    [TestCase("/images/%ff")]
    [Check(16)]
    public async Task An_invalid_percent_encoding_is_refused(string target) =>
        Assert.That(
            await RawHttp.SendAsync(Server.Address, "GET", target),
            Does.StartWith("HTTP/1.1 400").And.Contain("BadRequestError").And.Contain("URI malformed"));

    [TestCase("/images/..%2f..%2fetc")]
    [TestCase("/images/" + UnknownUuid + "/../" + UnknownUuid)]
    [TestCase("/images/%2e%2e/ping")]
    [TestCase("/images/..%5c..%5cetc")]
    [Check(17)]
    public async Task A_path_with_dot_segments_is_not_found_and_does_not_disturb_other_requests(string target)
    {
        Assert.That(await RawHttp.SendAsync(Server.Address, "GET", target), Does.StartWith("HTTP/1.1 404").And.Contain("ResourceNotFound"));
        Assert.That((int)(await Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
    }

    [Test]
    [Check(18)]
    public async Task The_message_about_an_invalid_uuid_has_the_whole_url() =>
        AssertNotFound(await Anonymous.GetAnswerAsync("/images/notauuid?x=1"), "/images/notauuid?x=1 does not exist");

    // Check 19 answers an upper-case UUID with 404 in any case. This server reads it in lower case; see docs/compatibility.md.
    [TestCase(UnknownUuid, UnknownUuid)]
    [TestCase("AAAAAAAA-0000-4000-8000-000000000000", "aaaaaaaa-0000-4000-8000-000000000000")]
    [Check(19, 20)]
    public async Task An_unknown_image_is_not_found(string uuid, string read) =>
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}"), $"image {read} not found");

    [TestCase("/", "/docs/")]
    [TestCase("/docs", "/docs/")]
    [TestCase("/docs/", "/swagger/index.html")]
    [Check(27)]
    public Task The_documentation_is_found_from_the_root(string path, string target) => AssertRedirectAsync(path, target);

    [TestCase("/datasets", "/images")]
    [TestCase("/datasets/" + UnknownUuid, "/images/" + UnknownUuid)]
    [TestCase("/datasets/a:b", "/images?name=a&version=b")]
    [TestCase("/datasets/Images", "/images?name=Images")]
    [TestCase("/datasets/a:b:c", "/images?name=c")]
    [TestCase("/datasets/a:b:c:d", "/images?name=c&version=d")]
    [TestCase("/datasets/a%2fb", "/images?name=a%2Fb")]
    [TestCase("/datasets/x%0d%0aSet-Cookie:y", "/images?name=x%0D%0ASet-Cookie&version=y")]
    [Check(28)]
    public Task A_path_of_the_old_dataset_api_leads_to_the_image(string path, string target) => AssertRedirectAsync(path, target);

    private async Task AssertRedirectAsync(string path, string target) =>
        Assert.That(
            await RawHttp.SendAsync(Server.Address, "GET", path),
            Does.StartWith("HTTP/1.1 301").And.Contain($"\r\nLocation: {target}\r\n"));
}
