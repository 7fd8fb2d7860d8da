using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Endpoints for operators, and those whose services a standalone server does without.</summary>
[TestFixture]
internal sealed class OperatorChecks() : ContractFixture(ServerMode.Public)
{
    [Test]
    public async Task Check_037_the_state_is_for_users_only()
    {
        AssertRefused(await Anonymous.GetAnswerAsync("/state"), 401, "UnauthorizedError");
        var uuid = await Admin.CreateAsync();
        var state = (await Admin.GetAnswerAsync("/state")).Json;
        Assert.That(state.GetProperty("db").GetProperty("manifestFromUuid").TryGetProperty(uuid, out _), Is.True);
        Assert.That(state.GetProperty("storageTypes")[0].GetString(), Is.EqualTo("local"));
        Assert.That(state.GetProperty("cache").GetProperty("ImageGet").EnumerateObject(), Is.Empty);
        Assert.That(state.GetProperty("log").GetProperty("level").GetInt32(), Is.Positive);
    }

    [Test]
    public async Task Check_038_caches_are_dropped()
    {
        var answer = await Admin.PostAnswerAsync("/state?action=dropcaches");
        Assert.That((int)answer.Status, Is.EqualTo(202));
        Assert.That(answer.Bytes, Is.Empty);
    }

    [Test]
    public async Task Check_039_other_state_actions_are_refused()
    {
        var answer = await Admin.PostAnswerAsync("/state?action=foo");
        AssertRefused(answer, 409, "InvalidArgument");
        Assert.That(answer.Message, Is.EqualTo("\"foo\" is not a valid action (must be one of dropcaches)"));
    }

    [Test]
    public async Task Check_040_a_state_action_is_required()
    {
        var answer = await Admin.PostAnswerAsync("/state");
        AssertRefused(answer, 409, "MissingParameter");
        Assert.That(answer.Message, Is.EqualTo("\"action\" is required (must be one of dropcaches)"));
        Assert.That((await Admin.DeleteAnswerAsync("/state")).Header("Allow"), Is.EqualTo("GET, POST"));
    }

    [Test]
    public async Task Check_168_change_stor()
    {
        var uuid = await Admin.PublishAsync();
        Task<Answer> Change(string query) => Admin.PostAnswerAsync($"/images/{uuid}?action=change-stor{query}");
        var missing = await Change("");
        AssertRefused(missing, 422, "ValidationFailed", "stor:MissingParameter");
        Assert.That(missing.Message, Is.EqualTo("missing \"stor\" query parameter"));
        var unknown = await Change("&stor=manta");
        AssertRefused(unknown, 422, "ValidationFailed", "stor:Invalid");
        Assert.That(unknown.Message, Is.EqualTo("unknown storage type \"manta\""));
        var owner = (await Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("owner").GetString();
        AssertRefused(await Change($"&stor=local&account={owner}"), 403, "OperatorOnly");
        var changed = await Change("&stor=local");
        AssertImage(changed);
        Assert.That(changed.Json.GetProperty("files")[0].GetProperty("stor").GetString(), Is.EqualTo("local"));
        Assert.That(changed.Header("Etag"), Is.Null);
        await Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        AssertRefused(await Change("&stor=local"), 400, "NotImplemented");
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{UnknownUuid}?action=change-stor&stor=local"), $"image {UnknownUuid} not found");
        var empty = await Admin.CreateAsync();
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{empty}?action=change-stor&stor=local"), $"image \"{empty}\" has no file");
    }

    [Test]
    public async Task Check_168_export()
    {
        var uuid = await Admin.PublishAsync();
        Task<Answer> Export(string query) => Admin.PostAnswerAsync($"/images/{uuid}?action=export{query}");
        var missing = await Export("");
        AssertRefused(missing, 422, "ValidationFailed", "manta_path:MissingParameter");
        Assert.That(missing.Message, Is.EqualTo("missing 'manta_path' prefix parameter"));
        var relative = await Export("&manta_path=foo");
        AssertRefused(relative, 422, "InvalidParameter", "manta_path:Invalid");
        Assert.That(relative.Message, Is.EqualTo("invalid manta_path prefix, not a valid manta path"));
        AssertRefused(await Export("&manta_path=/u/stor/x"), 503, "StorageUnsupported");
        AssertRefused(await Export($"&manta_path=/u/stor/x&account={AccountA}"), 422, "NotImageOwner");
    }

    [Test]
    public async Task Check_168_creation_from_a_machine() =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=create-from-vm", Requests.Manifest()), 501, "NotAvailable");

    [TestCase("", new[] { "repo:MissingParameter", "tag:MissingParameter" })]
    [TestCase("&tag=1", new[] { "repo:MissingParameter" })]
    [TestCase("&repo=busybox", new[] { "tag:MissingParameter" })]
    [TestCase("&repo=busybox&tag=1&digest=sha256:0", new[] { "digest:Invalid" })]
    [TestCase("&repo=Busy%20Box&tag=1", new[] { "repo:Invalid" })]
    [TestCase("&repo=../x&tag=1", new[] { "repo:Invalid" })]
    public async Task A_docker_import_is_checked(string query, string[] errors) =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=import-docker-image" + query), 422, "ValidationFailed", errors);

    [Test]
    public async Task A_good_docker_import_is_not_available()
    {
        const string url = "/images?action=import-docker-image&repo=registry.example.com:5000/team/app_1&tag=latest";
        static (string, string) Credentials(string json) => ("x-registry-auth", Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));
        AssertRefused(await Admin.PostAnswerAsync(url), 501, "NotAvailable");
        AssertRefused(await Admin.PostAnswerAsync(url, null, Credentials("""{"username":"x"}""")), 501, "NotAvailable");
        AssertRefused(await Admin.PostAnswerAsync(url, null, Credentials("""{"identitytoken":"x"}""")), 400, "NotImplemented");
        AssertRefused(await Admin.PostAnswerAsync(url, null, ("x-registry-auth", "{")), 400, "InvalidHeader");
        AssertRefused(await Admin.PostAnswerAsync(url + "&public=x"), 422, "InvalidParameter", "public:Invalid");
        AssertRefused(await Admin.PostAnswerAsync(url + $"&account={AccountA}"), 403, "OperatorOnly");
        AssertRefused(await Anonymous.PostAnswerAsync(url), 401, "UnauthorizedError");
    }

    [Test]
    public async Task An_lxd_import_is_checked_and_not_available()
    {
        const string url = "/images?action=import-lxd-image";
        AssertRefused(await Admin.PostAnswerAsync(url), 422, "ValidationFailed", "alias:MissingParameter");
        AssertRefused(await Admin.PostAnswerAsync(url + "&alias=ubuntu"), 422, "InvalidParameter", "alias:InvalidParameter");
        AssertRefused(await Admin.PostAnswerAsync(url + "&alias=images:ubuntu/24.04"), 501, "NotAvailable");
        AssertRefused(await Admin.PostAnswerAsync(url + $"&account={AccountA}"), 403, "OperatorOnly");
    }

    [Test]
    public async Task A_push_is_checked_and_not_available()
    {
        var zone = await Admin.CreateAsync();
        var refused = await Admin.PostAnswerAsync($"/images/{zone}/push");
        AssertRefused(refused, 422, "ValidationFailed", "type:Invalid");
        Assert.That(refused.Message, Is.EqualTo("image is not a docker image"));
        var docker = await Admin.CreateAsync(("type", "docker"), ("os", "linux"));
        AssertRefused(await Admin.PostAnswerAsync($"/images/{docker}/push"), 501, "NotAvailable");
        AssertRefused(await Admin.PostAnswerAsync($"/images/{docker}/push?account={AccountA}"), 404, "ResourceNotFound");
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{UnknownUuid}/push"), $"image {UnknownUuid} not found");
        AssertRefused(await Anonymous.PostAnswerAsync($"/images/{docker}/push"), 401, "UnauthorizedError");
    }

    [Test]
    public async Task Check_169_a_public_server_does_not_clone() =>
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{UnknownUuid}/clone"), $"/images/{UnknownUuid}/clone does not exist");
}
