using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class CreateChecks() : ContractFixture(ServerMode.Public)
{
    private Task<Answer> CreateAsync(params (string Key, object? Value)[] changes) =>
        Admin.PostAnswerAsync("/images", Requests.Manifest(changes));

    [Test]
    public async Task Check_061_and_062_a_minimal_manifest_makes_an_image()
    {
        var answer = await CreateAsync(("owner", AccountA), ("public", true));
        AssertImage(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Keys, Is.EqualTo(
                new[] { "v", "uuid", "owner", "name", "version", "state", "disabled", "public", "type", "os", "files" }));
            Assert.That(answer.Text, Does.Contain("\"state\": \"unactivated\"").And.Contain("\"files\": []").And.Contain("\"v\": 2"));
            Assert.That(answer.Text, Does.Contain("\"disabled\": false"));
            Assert.That(answer.Header("Etag"), Does.Match("^[0-9a-f]{40}$"));
        });
    }

    [TestCase(null)]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("5")]
    public async Task Check_063_a_missing_body_is_refused(string? body) =>
        AssertRefused(
            await Admin.PostAnswerAsync("/images", body is null ? null : Requests.Json(body)), 422, "ValidationFailed", "body:MissingParameter");

    [TestCase("{\"name\":")]
    [TestCase("{\"name\": \"\\ud800\"}")]
    [TestCase("nonsense")]
    public async Task Check_064_bad_json_is_refused(string body)
    {
        var answer = await Admin.PostAnswerAsync("/images", Requests.Json(body));
        AssertRefused(answer, 400, "InvalidContent");
        Assert.That(answer.Message, Does.StartWith("Invalid JSON: "));
    }

    [Test]
    public async Task Check_064_json_nested_too_deep_or_not_utf8_is_refused()
    {
        AssertRefused(await Admin.PostAnswerAsync("/images", Requests.Json(new string('[', 10_000))), 400, "InvalidContent");
        AssertRefused(await Admin.PostAnswerAsync("/images", Requests.Bytes([(byte)'{', 0xff, (byte)'}'], "application/json")), 400, "InvalidContent");
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/plain")]
    [TestCase("application/octet-stream")]
    [TestCase(null)]
    public async Task Check_065_json_is_json_whatever_the_content_type(string? type)
    {
        var manifest = await Requests.Manifest().ReadAsByteArrayAsync();
        AssertImage(await Admin.PostAnswerAsync("/images", Requests.Bytes([.. "\n "u8, .. manifest], type)));
    }

    [Test]
    public async Task Check_066_a_wrong_content_md5_is_refused()
    {
        var body = Requests.Manifest();
        body.Headers.ContentMD5 = new byte[16];
        AssertRefused(await Admin.PostAnswerAsync("/images", body), 400, "BadDigest");
        body = Requests.Manifest();
#pragma warning disable CA5351
        body.Headers.ContentMD5 = System.Security.Cryptography.MD5.HashData(await body.ReadAsByteArrayAsync());
#pragma warning restore CA5351
        AssertImage(await Admin.PostAnswerAsync("/images", body));
    }

    [Test]
    public async Task Check_067_missing_fields_are_all_named_in_order()
    {
        var answer = await Admin.PostAnswerAsync("/images", Requests.Json("{}"));
        AssertRefused(
            answer, 422, "ValidationFailed",
            "name:MissingParameter", "version:MissingParameter", "type:MissingParameter", "os:MissingParameter");
        Assert.That(answer.Message, Is.EqualTo("invalid image data: name, version, type, os"));
    }

    [Test]
    public async Task Check_068_and_069_unknown_keys_are_reported_alone()
    {
        var answer = await CreateAsync(("foo", 1), ("uuid", UnknownUuid), ("name", null));
        AssertRefused(answer, 422, "InvalidParameter", "foo:Invalid", "uuid:Invalid");
        Assert.That(answer.Message, Is.EqualTo("invalid extra parameters: \"foo\", \"uuid\""));
    }

    [TestCase("published_at", "2013-01-01T00:00:00Z")]
    [TestCase("urn", "a:b:c:1")]
    [TestCase("activated", true)]
    public async Task Check_070_keys_of_import_are_refused(string key, object value) =>
        AssertRefused(await CreateAsync((key, value)), 422, "InvalidParameter", $"{key}:Invalid");

    [Test]
    public async Task Check_071_state_is_refused()
    {
        var answer = await CreateAsync(("state", "active"));
        AssertRefused(answer, 422, "ValidationFailed", "state:NotAllowed");
        Assert.That(answer.Message, Is.EqualTo("invalid image data: \"state\""));
    }

    [Test]
    public async Task Check_072_files_channels_and_icon_are_ignored()
    {
        var answer = await CreateAsync(("files", new[] { 1 }), ("channels", new[] { "dev" }), ("icon", true));
        AssertImage(answer);
        Assert.That(answer.Keys, Does.Not.Contain("icon").And.Not.Contain("channels"));
        Assert.That(answer.Text, Does.Contain("\"files\": []"));
    }

    [Test]
    public async Task Check_073_public_must_fit_the_mode()
    {
        AssertRefused(await CreateAsync(("public", false)), 422, "ValidationFailed", "public:Invalid");
        await using var other = await TestServer.StartAsync(ServerMode.Private);
        AssertRefused(
            await other.Admin.PostAnswerAsync("/images", Requests.Manifest(("public", true))), 422, "ValidationFailed", "public:Invalid");
    }

    [Test]
    public async Task Check_074_to_079_lengths_are_limited()
    {
        AssertImage(await CreateAsync(("name", new string('n', 1024))));
        AssertImage(await CreateAsync(("version", new string('1', 512))));
        AssertImage(await CreateAsync(("description", new string('d', 10240))));
        var answer = await CreateAsync(("name", new string('n', 1025)));
        AssertRefused(answer, 422, "ValidationFailed", "name:Invalid");
        Assert.That(answer.Text, Does.Contain("image name is too long, max 1024 characters"));
        AssertRefused(await CreateAsync(("version", new string('1', 513))), 422, "ValidationFailed", "version:Invalid");
        AssertRefused(await CreateAsync(("description", new string('d', 10241))), 422, "ValidationFailed", "description:Invalid");
    }

    [TestCase("name", "a b/c.d_e-f", true)]
    [TestCase("name", "a+b", false)]
    [TestCase("name", "", false)]
    [TestCase("name", "a\n", false)]
    [TestCase("name", 5, true)]
    [TestCase("version", "1+2", true)]
    [TestCase("version", "1 2", false)]
    [TestCase("version", 2, true)]
    [TestCase("type", "bogus", false)]
    [TestCase("os", "bogus", false)]
    [TestCase("homepage", "ftp://x", false)]
    [TestCase("homepage", 5, false)]
    [TestCase("eula", "HTTPS://X", true)]
    [TestCase("owner", "bogus", false)]
    [TestCase("disabled", "true", true)]
    [TestCase("disabled", 1, false)]
    [TestCase("generate_passwords", "no", false)]
    [TestCase("v", -1, false)]
    [TestCase("v", "2", true)]
    [TestCase("tags", "x", false)]
    [TestCase("tags", 5, false)]
    [TestCase("requirements", 5, false)]
    [TestCase("error", 5, false)]
    [TestCase("users", 5, false)]
    public async Task Check_075_076_077_078_and_079_values_are_checked(string key, object value, bool good)
    {
        var answer = await CreateAsync((key, value));
        if (good)
        {
            AssertImage(answer);
        }
        else
        {
            AssertRefused(answer, 422, "ValidationFailed", $"{key}:Invalid");
        }
    }

    [Test]
    public async Task Check_077_the_message_names_the_types() =>
        Assert.That((await CreateAsync(("type", "bogus"))).Text, Does.Contain(
            "invalid image type, \\\"bogus\\\", must be one of: zone-dataset, zvol, lx-dataset, lxd, docker, other"));

    [Test]
    public async Task Check_079_an_empty_description_is_left_out() =>
        Assert.That((await CreateAsync(("description", ""))).Keys, Does.Not.Contain("description"));

    [Test]
    public async Task Check_080_a_zvol_needs_its_drivers() =>
        AssertRefused(
            await CreateAsync(("type", "zvol")), 422, "ValidationFailed",
            "nic_driver:MissingParameter", "disk_driver:MissingParameter", "cpu_type:MissingParameter", "image_size:Invalid");

    [Test]
    public async Task Check_081_and_088_a_zvol()
    {
        (string, object?)[] zvol =
            [("type", "zvol"), ("nic_driver", "virtio"), ("disk_driver", "virtio"), ("cpu_type", "host"), ("image_size", "10240")];
        var answer = await CreateAsync(zvol);
        AssertImage(answer);
        Assert.That(answer.Text, Does.Contain("\"image_size\": 10240"));
        AssertRefused(
            await CreateAsync([.. zvol, ("inherited_directories", new[] { "/opt" })]), 422, "ValidationFailed", "inherited_directories:Invalid");
    }

    [Test]
    public async Task Check_082_drivers_are_for_zvols() =>
        AssertRefused(await CreateAsync(("nic_driver", "virtio")), 422, "InvalidParameter", "nic_driver:Invalid");

    [TestCase(UnknownUuid)]
    [TestCase("bogus")]
    public async Task Check_083_an_unknown_origin_is_refused(string origin)
    {
        var answer = await CreateAsync(("origin", origin));
        AssertRefused(answer, 422, "OriginDoesNotExist");
        Assert.That(answer.Message, Is.EqualTo($"origin image \"{origin}\" does not exist"));
    }

    [Test]
    public async Task Check_084_acl()
    {
        var bad = await CreateAsync(("acl", new[] { AccountA, "zz" }));
        AssertRefused(bad, 422, "ValidationFailed", "acl:Invalid");
        Assert.That(bad.Text, Does.Contain("(item 1 is not a UUID): zz"));
        var single = await CreateAsync(("acl", AccountA));
        Assert.That(single.Json.GetProperty("acl")[0].GetString(), Is.EqualTo(AccountA));
        AssertRefused(await Admin.PostAnswerAsync("/images", Requests.Json(
            """{"name":"a","version":"1","type":"other","os":"other","acl":null}""")), 422, "ValidationFailed", "acl:Invalid");
    }

    [Test]
    public async Task Check_085_users_and_billing_tags()
    {
        AssertRefused(
            await CreateAsync(("users", JsonNode.Parse("""[{"name":"a","b":1}]"""))), 422, "ValidationFailed", "users:Invalid");
        AssertRefused(
            await CreateAsync(("billing_tags", JsonNode.Parse("""["x",5]"""))), 422, "ValidationFailed", "billing_tags:Invalid");
        var answer = await CreateAsync(("users", JsonNode.Parse("""[{"name":"root"}]""")));
        Assert.That(answer.Json.GetProperty("users")[0].GetProperty("name").GetString(), Is.EqualTo("root"));
    }

    [Test]
    public async Task Check_086_traits_and_tags()
    {
        AssertRefused(await CreateAsync(("traits", JsonNode.Parse("""{"a":1}"""))), 422, "ValidationFailed", "traits:Invalid");
        var answer = await CreateAsync(("tags", JsonNode.Parse("""{"a":{"b":1.50},"c":null,"d":1e3}""")));
        Assert.That(answer.Text, Does.Contain("1.50").And.Contain("\"c\": null").And.Contain("1e3"));
    }

    [Test]
    public async Task Check_087_tags_are_limited_in_size() =>
        AssertRefused(
            await CreateAsync(("tags", new Dictionary<string, string> { ["k"] = new('x', 102400) })), 422, "ValidationFailed", "tags:Invalid");

    [TestCase("""{"foo":1}""", "foo", "Invalid", "unsupported requirement \"foo\"", TestName = "Check_089")]
    [TestCase("""{"min_ram":512,"max_ram":256}""", "requirements.max_ram", "Invalid",
        "min_ram must be <= max_ram, but:min_ram=512, max_ram=256", TestName = "Check_090")]
    [TestCase("""{"min_platform":{"7.0":"20110101T000000Z"}}""", "requirements.min_platform", "Invalid",
        "invalid image \"requirements.min_platform\" entry: \"7.0: 20110101T000000Z\" not a valid platform version", TestName = "Check_091")]
    [TestCase("""{"bootrom":"uefi"}""", "requirements.bootrom", "MissingParameter", null, TestName = "Check_092_no_brand")]
    [TestCase("""{"bootrom":"uefi","brand":"kvm"}""", "requirements.bootrom", "Invalid", null, TestName = "Check_092_wrong_brand")]
    [TestCase("""{"bootrom":"foo","brand":"bhyve"}""", "requirements.bootrom", "Invalid", null, TestName = "Check_092_wrong_value")]
    [TestCase("""{"networks":{}}""", "requirements.networks", "Invalid", null, TestName = "Requirements_networks")]
    [TestCase("""{"networks":[{"name":"a"}]}""", "requirements.networks", "Invalid", null, TestName = "Requirements_network_entry")]
    [TestCase("""{"ssh_key":"yes"}""", "requirements.ssh_key", "Invalid", null, TestName = "Requirements_ssh_key")]
    [TestCase("""{"max_platform":{}}""", "requirements.max_platform", "Invalid", null, TestName = "Requirements_max_platform")]
    public async Task Requirements(string requirements, string field, string code, string? message)
    {
        var answer = await CreateAsync(("requirements", JsonNode.Parse(requirements)));
        AssertRefused(answer, 422, "ValidationFailed", $"{field}:{code}");
        if (message is not null)
        {
            Assert.That(answer.Json.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo(message));
        }
    }

    [TestCase("""{"bootrom":"uefi","brand":"bhyve"}""")]
    [TestCase("""{"networks":[{"name":"net0","description":"public"}],"min_ram":0,"brand":"","ssh_key":false}""")]
    [TestCase("""{"min_platform":{"7.0":"20141030T081701Z"}}""")]
    public async Task Check_092_good_requirements_are_echoed(string requirements)
    {
        var answer = await CreateAsync(("requirements", JsonNode.Parse(requirements)));
        AssertImage(answer);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(answer.Json.GetProperty("requirements").GetRawText()), JsonNode.Parse(requirements)));
    }

    [Test]
    public async Task Check_093_account_and_owner()
    {
        AssertRefused(await Admin.PostAnswerAsync("/images?account=xx", Requests.Manifest()), 422, "InvalidParameter", "account:Invalid");
        AssertRefused(
            await Admin.PostAnswerAsync($"/images?account={AccountA}", Requests.Manifest(("owner", AccountB))),
            422, "InvalidParameter", "owner:Invalid");
        var answer = await Admin.PostAnswerAsync($"/images?account={AccountA}", Requests.Manifest());
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(AccountA));
    }

    [Test]
    public async Task Check_094_a_public_server_hides_billing_tags_and_traits()
    {
        (string, object?)[] both = [("billing_tags", new[] { "x" }), ("traits", JsonNode.Parse("""{"a":true}"""))];
        Assert.That((await CreateAsync(both)).Keys, Does.Not.Contain("billing_tags").And.Not.Contain("traits"));
        await using var other = await TestServer.StartAsync(ServerMode.Private);
        Assert.That(
            (await other.Admin.PostAnswerAsync("/images", Requests.Manifest(both))).Keys, Does.Contain("billing_tags").And.Contain("traits"));
    }

    [Test]
    public async Task Check_095_an_unknown_action_is_refused() =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=bogus", Requests.Manifest()), 422, "InvalidParameter", "action:Invalid");

    [Test]
    public async Task A_gzip_body_is_inflated_and_a_broken_one_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(await Requests.Manifest().ReadAsByteArrayAsync());
        }

        AssertImage(await Admin.PostAnswerAsync("/images", Gzip(packed.ToArray())));
        AssertRefused(await Admin.PostAnswerAsync("/images", Gzip(Encoding.UTF8.GetBytes("{}"))), 400, "InvalidContent");
    }

    [Test]
    public async Task A_gzip_bomb_and_a_huge_body_are_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[16 * 1024 * 1024]);
        }

        AssertRefused(await Admin.PostAnswerAsync("/images", Gzip(packed.ToArray())), 413, "RequestEntityTooLargeError");
        AssertRefused(await Admin.PostAnswerAsync("/images", Requests.Bytes(new byte[(4 * 1024 * 1024) + 1])), 413, "RequestEntityTooLargeError");
    }

    private static ByteArrayContent Gzip(byte[] bytes)
    {
        var content = Requests.Bytes(bytes, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
