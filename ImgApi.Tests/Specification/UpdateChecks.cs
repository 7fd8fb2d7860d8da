using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Updates that succeed (contract 5.15).</summary>
[TestFixture]
internal sealed class UpdateChecks() : ActionFixture
{
    [TestCase("{}", new string[0])]
    [TestCase("[]", new string[0])]
    [TestCase(null, new[] { "body:MissingParameter" })]
    [Check(129)]
    public async Task An_update_without_fields_is_refused(string? body, string[] errors) =>
        AssertRefused(await ActAsync(await Admin.CreateAsync(), "action=update", body), 422, "ValidationFailed", errors);

    [Test]
    [Check(130, 134)]
    public async Task An_update_replaces_whole_fields()
    {
        var uuid = await Admin.CreateAsync(("tags", JsonNode.Parse("""{"old":1}""")));
        var before = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Header("Etag");
        var answer = await UpdateAsync(uuid, $$"""
            {"name":"other","version":"2","os":"linux","tags":{"new":true},"owner":"{{AccountA}}","description":"text"}
            """);
        AssertImage(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("name").GetString(), Is.EqualTo("other"));
            Assert.That(answer.Json.GetProperty("version").GetString(), Is.EqualTo("2"));
            Assert.That(answer.Json.GetProperty("os").GetString(), Is.EqualTo("linux"));
            Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(AccountA));
            Assert.That(answer.Json.GetProperty("description").GetString(), Is.EqualTo("text"));
            Assert.That(answer.Json.GetProperty("tags").EnumerateObject().Select(tag => tag.Name), Is.EqualTo(new[] { "new" }));
            Assert.That(answer.Header("Etag"), Is.Not.EqualTo(before));
        });
    }

    [Test]
    [Check(130)]
    public async Task An_update_answers_with_the_manifest_that_is_read_afterwards()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await UpdateAsync(uuid, """{"name":"other"}""");
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(answer.Text));
    }

    [TestCase("description")]
    [TestCase("tags")]
    [Check(132)]
    public async Task Null_removes_an_optional_field(string key)
    {
        var uuid = await Admin.CreateAsync(("description", "text"), ("tags", JsonNode.Parse("""{"a":1}""")));
        Assert.That((await UpdateAsync(uuid, $$"""{"{{key}}":null}""")).Keys, Does.Not.Contain(key));
    }

    [Test]
    public async Task Null_resets_state_and_public_to_their_defaults()
    {
        var uuid = await Admin.CreateAsync();
        await UpdateAsync(uuid, """{"state":"failed"}""");
        Assert.That(
            (await UpdateAsync(uuid, """{"state":null,"public":null}""")).Text,
            Does.Contain("\"unactivated\"").And.Contain("\"public\": false"));
    }

    [Test]
    [Check(137)]
    public async Task An_operator_can_mark_an_image_as_failed_with_an_error()
    {
        var answer = await UpdateAsync(await Admin.CreateAsync(), """{"state":"failed","error":{"message":"why"}}""");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("why"));
    }

    [Test]
    public async Task Digests_of_a_file_can_be_updated() =>
        AssertImage(await UpdateAsync(
            await CreateWithFileAsync(), """{"files":[{"digest":"sha256:1","uncompressedDigest":"sha256:2"}]}"""));

    [Test]
    public async Task A_uuid_can_change_before_activation()
    {
        var (uuid, next) = (await Admin.CreateAsync(), Uuid.New());
        Assert.That((await UpdateAsync(uuid, $$"""{"uuid":"{{next}}","name":"moved"}""")).Uuid, Is.EqualTo(next.ToString()));
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
    }

    [Test]
    public async Task A_change_of_uuid_keeps_the_file()
    {
        var (uuid, next) = (await Admin.CreateAsync(), Uuid.New());
        await Admin.UploadAsync(uuid, [9, 9, 9]);
        await UpdateAsync(uuid, $$"""{"uuid":"{{next}}"}""");
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{next}/file")).Bytes, Is.EqualTo(new byte[] { 9, 9, 9 }));
    }

    [Test]
    public async Task The_uuid_of_another_image_is_refused()
    {
        var (uuid, taken) = (await Admin.CreateAsync(), await Admin.CreateAsync());
        AssertRefused(await UpdateAsync(uuid, $$"""{"uuid":"{{taken}}"}"""), 409, "ImageUuidAlreadyExists");
    }
}
