using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>What a list shows to strangers and to users (contract 6, 7.1).</summary>
[TestFixture]
internal sealed class ListAccessChecks() : ListFixture
{
    private string _active = null!;

    [OneTimeSetUp]
    public async Task MakeOneOfEachStateAsync()
    {
        _active = await Admin.PublishAsync(("name", "active"));
        await Admin.CreateAsync(("name", "new"));
        await Admin.ActAsync(await Admin.PublishAsync(("name", "off")), "disable");
    }

    [TestCase("", "active")]
    [TestCase("state=", "active")]
    [TestCase("state=active", "active")]
    [TestCase("state=all", "active")]
    [TestCase("state=disabled", "")]
    [TestCase("state=unactivated", "")]
    [TestCase("state=creating", "")]
    [TestCase("state=failed", "")]
    [TestCase("state=disabled&sort=name", "")]
    [Check(139)]
    public Task Strangers_see_active_images_only(string query, string names) => AssertListedAsync(Anonymous, query, names);

    [TestCase("state=bogus")]
    [TestCase("state=active&state=active")]
    [Check(139)]
    public Task An_unknown_state_is_refused(string query) => AssertQueryRefusedAsync(query, "state:Invalid");

    [TestCase("", "active")]
    [TestCase("state=all", "active new off")]
    [TestCase("state=disabled", "off")]
    [TestCase("state=unactivated", "new")]
    [Check(140)]
    public Task Users_see_images_of_each_state_that_they_ask_for(string query, string names) => AssertListedAsync(Admin, query, names);

    [TestCase(false)]
    [TestCase(true)]
    [Check(148)]
    public async Task Admin_fields_are_not_shown_to_strangers(bool list) =>
        AssertRefused(await Anonymous.GetAnswerAsync(Url(list, "true")), 401, "UnauthorizedError");

    [TestCase(false, "true", true)]
    [TestCase(true, "true", true)]
    [TestCase(false, "false", false)]
    [TestCase(true, "false", false)]
    [Check(148)]
    public async Task Admin_fields_are_shown_to_users_who_ask(bool list, string value, bool shown) =>
        Assert.That(
            (await Admin.GetAnswerAsync(Url(list, value))).Text.Contains("\"stor\": \"local\"", StringComparison.Ordinal), Is.EqualTo(shown));

    [TestCase(false)]
    [TestCase(true)]
    [Check(148)]
    public async Task An_incl_admin_fields_that_is_not_a_boolean_is_refused(bool list) =>
        AssertRefused(await Admin.GetAnswerAsync(Url(list, "foo")), 422, "InvalidParameter", "inclAdminFields:Invalid");

    private string Url(bool list, string value) => $"/images{(list ? "" : "/" + _active)}?inclAdminFields={value}";
}
