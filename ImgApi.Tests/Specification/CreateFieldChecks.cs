using System.Text.Json.Nodes;

namespace ImgApi.Tests.Specification;

/// <summary>The rules for single fields of a manifest (contract 3.5).</summary>
[TestFixture]
internal sealed class CreateFieldChecks() : CreateFixture
{
    [TestCase("name", 'n', 1024)]
    [TestCase("version", '1', 512)]
    [TestCase("description", 'd', 10240)]
    [Check(74, 76, 79)]
    public async Task A_text_of_the_maximum_length_is_accepted(string key, char letter, int length) =>
        AssertImage(await CreateAsync((key, new string(letter, length))));

    [TestCase("name", 'n', 1025)]
    [TestCase("version", '1', 513)]
    [TestCase("description", 'd', 10241)]
    [Check(74, 76, 79)]
    public Task A_text_above_the_maximum_length_is_refused(string key, char letter, int length) =>
        AssertInvalidAsync(key, new string(letter, length));

    [Test]
    [Check(74)]
    public async Task The_message_about_a_long_name_says_how_long_it_may_be() =>
        Assert.That(
            (await CreateAsync(("name", new string('n', 1025)))).Text, Does.Contain("image name is too long, max 1024 characters"));

    [TestCase("name", "a b/c.d_e-f")]
    [TestCase("name", 5)]
    [TestCase("version", "1+2")]
    [TestCase("version", 2)]
    [TestCase("eula", "HTTPS://X")]
    [TestCase("disabled", "true")]
    [TestCase("v", "2")]
    [Check(75, 76, 78)]
    public async Task A_valid_value_is_accepted(string key, object value) => AssertImage(await CreateAsync((key, value)));

    [TestCase("name", "a+b")]
    [TestCase("name", "")]
    [TestCase("name", "a\n")]
    [TestCase("version", "1 2")]
    [TestCase("type", "bogus")]
    [TestCase("os", "bogus")]
    [TestCase("homepage", "ftp://x")]
    [TestCase("homepage", 5)]
    [TestCase("owner", "bogus")]
    [TestCase("disabled", 1)]
    [TestCase("generate_passwords", "no")]
    [TestCase("v", -1)]
    [TestCase("tags", "x")]
    [TestCase("tags", 5)]
    [TestCase("requirements", 5)]
    [TestCase("error", 5)]
    [TestCase("users", 5)]
    [Check(75, 76, 77, 78, 87)]
    public Task An_invalid_value_is_refused(string key, object value) => AssertInvalidAsync(key, value);

    [TestCase("acl", """["aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","zz"]""")]
    [TestCase("users", """[{"name":"a","b":1}]""")]
    [TestCase("billing_tags", """["x",5]""")]
    [TestCase("traits", """{"a":1}""")]
    [Check(84, 85, 86)]
    public Task An_invalid_entry_is_refused(string key, string json) => AssertInvalidAsync(key, JsonNode.Parse(json)!);

    [Test]
    [Check(77)]
    public async Task The_message_about_an_unknown_type_lists_the_types() =>
        Assert.That((await CreateAsync(("type", "bogus"))).Text, Does.Contain(
            "invalid image type, \\\"bogus\\\", must be one of: zone-dataset, zvol, lx-dataset, lxd, docker, other"));

    [Test]
    [Check(79)]
    public async Task An_empty_description_is_left_out() =>
        Assert.That((await CreateAsync(("description", ""))).Keys, Does.Not.Contain("description"));

    [Test]
    [Check(84)]
    public async Task The_message_about_an_acl_names_the_wrong_item() =>
        Assert.That((await CreateAsync(("acl", new[] { AccountA, "zz" }))).Text, Does.Contain("(item 1 is not a UUID): zz"));

    [Test]
    [Check(84)]
    public async Task A_single_uuid_as_acl_is_a_list_of_one() =>
        Assert.That((await CreateAsync(("acl", AccountA))).Json.GetProperty("acl")[0].GetString(), Is.EqualTo(AccountA));

    [Test]
    [Check(84)]
    public async Task Null_as_acl_is_refused() =>
        AssertRefused(await CreateWithNullAsync("acl"), 422, "ValidationFailed", "acl:Invalid");

    [Test]
    [Check(85)]
    public async Task Users_are_shown_as_they_were_sent()
    {
        var answer = await CreateAsync(("users", JsonNode.Parse("""[{"name":"root"}]""")));
        Assert.That(answer.Json.GetProperty("users")[0].GetProperty("name").GetString(), Is.EqualTo("root"));
    }

    [Test]
    [Check(86)]
    public async Task Tags_are_shown_as_they_were_sent()
    {
        var answer = await CreateAsync(("tags", JsonNode.Parse("""{"a":{"b":1.50},"c":null,"d":1e3}""")));
        Assert.That(answer.Text, Does.Contain("1.50").And.Contain("\"c\": null").And.Contain("1e3"));
    }

    [Test]
    [Check(87)]
    public Task Tags_above_100_kib_are_refused() =>
        AssertInvalidAsync("tags", new Dictionary<string, string> { ["k"] = new('x', 102400) });
}
