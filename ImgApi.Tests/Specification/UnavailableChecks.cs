using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Endpoints whose services a standalone server lacks. Requests are checked before they are refused (contract 5.25 to 5.28).</summary>
[TestFixture]
internal sealed class UnavailableChecks() : ContractFixture(ServerMode.Public)
{
    private const string DockerImport = "/images?action=import-docker-image&repo=registry.example.com:5000/team/app_1&tag=latest";
    private const string LxdImport = "/images?action=import-lxd-image";

    [Test]
    [Check(168)]
    public async Task An_image_cannot_be_made_from_a_machine() =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=create-from-vm", Requests.Manifest()), 501, "NotAvailable");

    [TestCase("", new[] { "repo:MissingParameter", "tag:MissingParameter" })]
    [TestCase("&tag=1", new[] { "repo:MissingParameter" })]
    [TestCase("&repo=busybox", new[] { "tag:MissingParameter" })]
    [TestCase("&repo=busybox&tag=1&digest=sha256:0", new[] { "digest:Invalid" })]
    [TestCase("&repo=Busy%20Box&tag=1", new[] { "repo:Invalid" })]
    [TestCase("&repo=../x&tag=1", new[] { "repo:Invalid" })]
    public async Task A_docker_import_with_invalid_parameters_is_refused(string query, string[] errors) =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=import-docker-image" + query), 422, "ValidationFailed", errors);

    [TestCase(DockerImport + "&public=x", "public:Invalid")]
    [TestCase(LxdImport + "&alias=ubuntu", "alias:InvalidParameter")]
    public async Task A_foreign_import_with_an_invalid_parameter_is_refused(string url, string error) =>
        AssertRefused(await Admin.PostAnswerAsync(url), 422, "InvalidParameter", error);

    [Test]
    public async Task An_lxd_import_needs_an_alias() =>
        AssertRefused(await Admin.PostAnswerAsync(LxdImport), 422, "ValidationFailed", "alias:MissingParameter");

    [TestCase(DockerImport)]
    [TestCase(LxdImport + "&alias=images:ubuntu/24.04")]
    public async Task A_valid_foreign_import_is_not_available(string url) => AssertRefused(await Admin.PostAnswerAsync(url), 501, "NotAvailable");

    [TestCase(DockerImport)]
    [TestCase(LxdImport)]
    public async Task Only_operators_import_foreign_images(string url) =>
        AssertRefused(await Admin.PostAnswerAsync(url + $"&account={AccountA}"), 403, "OperatorOnly");

    [Test]
    public async Task A_docker_import_needs_credentials() => AssertRefused(await Anonymous.PostAnswerAsync(DockerImport), 401, "UnauthorizedError");

    [TestCase("""{"username":"x"}""", 501, "NotAvailable")]
    [TestCase("""{"identitytoken":"x"}""", 400, "NotImplemented")]
    public async Task The_registry_credentials_of_a_docker_import_are_checked(string json, int status, string code) =>
        AssertRefused(
            await Admin.PostAnswerAsync(DockerImport, null, ("x-registry-auth", Convert.ToBase64String(Encoding.UTF8.GetBytes(json)))),
            status, code);

    [Test]
    public async Task Malformed_registry_credentials_are_refused() =>
        AssertRefused(await Admin.PostAnswerAsync(DockerImport, null, ("x-registry-auth", "{")), 400, "InvalidHeader");

    [Test]
    public async Task Only_a_docker_image_can_be_pushed()
    {
        var refused = await Admin.PostAnswerAsync($"/images/{await Admin.CreateAsync()}/push");
        AssertRefused(refused, 422, "ValidationFailed", "type:Invalid");
        Assert.That(refused.Message, Is.EqualTo("image is not a docker image"));
    }

    [Test]
    public async Task A_push_of_a_docker_image_is_not_available() =>
        AssertRefused(await Admin.PostAnswerAsync($"/images/{await CreateDockerAsync()}/push"), 501, "NotAvailable");

    [Test]
    public async Task An_account_does_not_find_the_image_of_another_owner_to_push() =>
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{await CreateDockerAsync()}/push?account={AccountA}"));

    [Test]
    public async Task A_push_of_an_unknown_image_is_not_found() =>
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{UnknownUuid}/push"), $"image {UnknownUuid} not found");

    [Test]
    public async Task A_push_needs_credentials() =>
        AssertRefused(await Anonymous.PostAnswerAsync($"/images/{await CreateDockerAsync()}/push"), 401, "UnauthorizedError");

    private Task<string> CreateDockerAsync() => Admin.CreateAsync(("type", "docker"), ("os", "linux"));
}
