using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The filters of a list (contract 5.6, 6).</summary>
[TestFixture]
internal sealed class ListFilterChecks() : ListFixture
{
    [OneTimeSetUp]
    public async Task PublishTwoAsync()
    {
        await Admin.PublishAsync(
            ("name", "base"), ("version", "1.2"), ("billing_tags", new[] { "x", "y" }), ("public", true),
            ("tags", JsonNode.Parse("""{"role":"db","n":5,"b":true,"o":{},"f":5.0,"e":1e3,"x":0.25}""")));
        await Admin.PublishAsync(
            ("name", "database"), ("version", "21.0"), ("type", "lx-dataset"), ("os", "linux"), ("billing_tags", new[] { "x" }),
            ("tags", JsonNode.Parse("""{"role":"db"}""")));
    }

    [TestCase("name=base", "base")]
    [TestCase("name=~base", "base database")]
    [TestCase("name=~BASE", "")]
    [TestCase("name=~", "base database")]
    [TestCase("name=", "")]
    [TestCase("name=base&name=base", "")]
    [TestCase("NAME=nothing", "base database")]
    [TestCase("version=~1.", "base database")]
    [TestCase("version=1.2", "base")]
    [Check(141)]
    public Task A_list_is_filtered_by_name_and_version(string query, string names) => AssertListedAsync(Admin, query, names);

    [TestCase("type=!zone-dataset", "database")]
    [TestCase("type=!", "base database")]
    [TestCase("type=bogus", "")]
    [TestCase("os=~smart", "")]
    [TestCase("os=linux", "database")]
    [TestCase("owner=bogus", "")]
    [TestCase("owner=00000000-0000-0000-0000-000000000000", "base database")]
    [Check(142)]
    public Task A_list_is_filtered_by_type_os_and_owner(string query, string names) => AssertListedAsync(Admin, query, names);

    [TestCase("tag.role=db", "base database")]
    [TestCase("tag.role=db&tag.n=5", "base")]
    [TestCase("tag.b=true", "base")]
    [TestCase("tag.o=", "base")]
    [TestCase("tag.role=web", "")]
    [TestCase("billing_tag=x&billing_tag=y", "base")]
    [TestCase("billing_tag=x", "base database")]
    [TestCase("public=true", "base")]
    [TestCase("public=false", "database")]
    [Check(143)]
    public Task A_list_is_filtered_by_tags_billing_tags_and_public(string query, string names) => AssertListedAsync(Admin, query, names);

    [TestCase("f=5")]
    [TestCase("e=1000")]
    [TestCase("x=0.25")]
    public Task A_tag_is_found_by_the_value_of_a_number_not_by_its_spelling(string tag) => AssertListedAsync(Admin, $"tag.{tag}", "base");

    [TestCase("public=foo")]
    [TestCase("public=")]
    [Check(143)]
    public Task A_public_that_is_not_a_boolean_is_refused(string query) => AssertQueryRefusedAsync(query, "public:Invalid");

    // The class that the query is bound to is named "parameters". That name must have no meaning on the wire.
    [Test]
    public Task A_parameter_with_the_name_of_the_bound_class_does_not_hide_the_others() =>
        AssertQueryRefusedAsync("parameters=1&state=bogus", "state:Invalid");

    [Test]
    public Task A_parameter_with_the_name_of_the_bound_class_as_prefix_is_ignored() =>
        AssertListedAsync(Admin, "parameters.name=other", "base database");

    [Test]
    public async Task A_query_of_20_kib_is_answered() =>
        Assert.That((await Anonymous.GetAnswerAsync($"/images?name={new string('a', 20_000)}")).Text, Is.EqualTo("[]"));
}
