using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The server's state, and what it does with images in its storage (contract 5.2, 5.3, 5.22, 5.23).</summary>
[TestFixture]
internal sealed class OperatorChecks() : ContractFixture(ServerMode.Public)
{
    private Task<Answer> ActAsync(string uuid, string action) => Admin.PostAnswerAsync($"/images/{uuid}?action={action}");

    [Test]
    [Check(37)]
    public async Task The_state_is_not_shown_to_strangers() => AssertRefused(await Anonymous.GetAnswerAsync("/state"), 401, "UnauthorizedError");

    [Test]
    public async Task The_state_has_images_storage_types_caches_and_log_level()
    {
        var uuid = await Admin.CreateAsync();
        var state = (await Admin.GetAnswerAsync("/state")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(state.GetProperty("db").GetProperty("manifestFromUuid").TryGetProperty(uuid, out _), Is.True);
            Assert.That(state.GetProperty("storageTypes")[0].GetString(), Is.EqualTo("local"));
            Assert.That(state.GetProperty("cache").GetProperty("ImageGet").EnumerateObject(), Is.Empty);
            Assert.That(state.GetProperty("log").GetProperty("level").GetInt32(), Is.Positive);
        });
    }

    [Test]
    [Check(38)]
    public async Task Dropping_the_caches_is_accepted()
    {
        var answer = await Admin.PostAnswerAsync("/state?action=dropcaches");
        Assert.That((int)answer.Status, Is.EqualTo(202));
        Assert.That(answer.Bytes, Is.Empty);
    }

    [TestCase("?action=foo", "InvalidArgument", "\"foo\" is not a valid action (must be one of dropcaches)")]
    [TestCase("", "MissingParameter", "\"action\" is required (must be one of dropcaches)")]
    [Check(39, 40)]
    public async Task A_missing_or_unknown_action_on_the_state_is_refused(string query, string code, string message)
    {
        var answer = await Admin.PostAnswerAsync("/state" + query);
        AssertRefused(answer, 409, code);
        Assert.That(answer.Message, Is.EqualTo(message));
    }

    [Test]
    public async Task The_state_cannot_be_deleted() =>
        Assert.That((await Admin.DeleteAnswerAsync("/state")).Header("Allow"), Is.EqualTo("GET, POST"));

    [TestCase("", "stor:MissingParameter", "missing \"stor\" query parameter")]
    [TestCase("&stor=manta", "stor:Invalid", "unknown storage type \"manta\"")]
    [TestCase("&parameters=1&stor=x", "stor:Invalid", "unknown storage type \"x\"")]
    [Check(168)]
    public async Task A_missing_or_unknown_storage_is_refused(string query, string error, string message)
    {
        var answer = await ActAsync(await Admin.PublishAsync(), "change-stor" + query);
        AssertRefused(answer, 422, "ValidationFailed", error);
        Assert.That(answer.Message, Is.EqualTo(message));
    }

    [Test]
    [Check(168)]
    public async Task A_change_of_storage_shows_the_storage()
    {
        var changed = await ActAsync(await Admin.PublishAsync(), "change-stor&stor=local");
        AssertImage(changed);
        Assert.That(changed.Json.GetProperty("files")[0].GetProperty("stor").GetString(), Is.EqualTo("local"));
        Assert.That(changed.Header("Etag"), Is.Null);
    }

    [Test]
    public async Task Only_operators_change_the_storage() =>
        AssertRefused(
            await ActAsync(await Admin.PublishAsync(), $"change-stor&stor=local&account={Uuid.Zero}"), 403, "OperatorOnly");

    [Test]
    public async Task The_storage_of_an_image_with_icon_cannot_be_changed()
    {
        var uuid = await Admin.PublishAsync();
        await Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        AssertRefused(await ActAsync(uuid, "change-stor&stor=local"), 400, "NotImplemented");
    }

    [Test]
    public async Task The_storage_of_an_unknown_image_cannot_be_changed() =>
        AssertNotFound(await ActAsync(UnknownUuid, "change-stor&stor=local"), $"image {UnknownUuid} not found");

    [Test]
    public async Task The_storage_of_an_image_without_file_cannot_be_changed()
    {
        var uuid = await Admin.CreateAsync();
        AssertNotFound(await ActAsync(uuid, "change-stor&stor=local"), $"image \"{uuid}\" has no file");
    }

    [TestCase("", "ValidationFailed", "manta_path:MissingParameter", "missing 'manta_path' prefix parameter")]
    [TestCase("&manta_path=foo", "InvalidParameter", "manta_path:Invalid", "invalid manta_path prefix, not a valid manta path")]
    [Check(168)]
    public async Task A_missing_or_invalid_target_of_an_export_is_refused(string query, string code, string error, string message)
    {
        var answer = await ActAsync(await Admin.PublishAsync(), "export" + query);
        AssertRefused(answer, 422, code, error);
        Assert.That(answer.Message, Is.EqualTo(message));
    }

    [Test]
    [Check(168)]
    public async Task An_export_is_not_supported() =>
        AssertRefused(await ActAsync(await Admin.PublishAsync(), "export&manta_path=/u/stor/x"), 503, "StorageUnsupported");

    [Test]
    public async Task An_account_cannot_export_the_image_of_another_owner() =>
        AssertRefused(
            await ActAsync(await Admin.PublishAsync(), $"export&manta_path=/u/stor/x&account={AccountA}"), 422, "NotImageOwner");

    [Test]
    [Check(169)]
    public async Task A_public_server_does_not_clone() =>
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{UnknownUuid}/clone"), $"/images/{UnknownUuid}/clone does not exist");
}
