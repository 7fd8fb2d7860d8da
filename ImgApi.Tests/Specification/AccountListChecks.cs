using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>What a list in mode dc shows to an account (contract 6).</summary>
[TestFixture]
internal sealed class AccountListChecks() : ListFixture(ServerMode.Dc)
{
    [OneTimeSetUp]
    public async Task MakeImagesOfTwoAccountsAsync()
    {
        await Admin.PublishAsync(("name", "own"), ("owner", AccountA));
        await Admin.CreateAsync(("name", "own-new"), ("owner", AccountA));
        await Admin.PublishAsync(("name", "public"), ("owner", AccountB), ("public", true));
        await Admin.PublishAsync(("name", "shared"), ("owner", AccountB), ("acl", new[] { AccountA }));
        await Admin.PublishAsync(("name", "private"), ("owner", AccountB));
        await Admin.CreateAsync(("name", "their-new"), ("owner", AccountB), ("public", true));
        await Admin.ActAsync(await Admin.PublishAsync(("name", "off"), ("owner", AccountB), ("public", true)), "disable");
    }

    [TestCase("", "own public shared")]
    [TestCase("&state=all", "off own own-new public shared")]
    [TestCase("&state=disabled", "")]
    [TestCase("&state=unactivated", "own-new")]
    [TestCase("&public=false", "own shared")]
    [TestCase("&owner=" + AccountA, "own")]
    [Check(149)]
    public Task An_account_sees_its_own_images_and_those_that_are_public_or_shared_with_it(string query, string names) =>
        AssertListedAsync(Anonymous, $"account={AccountA}{query}", names);

    [Test]
    [Check(149)]
    public Task An_unknown_account_sees_public_images() => AssertListedAsync(Anonymous, "account=bogus", "public");

    [Test]
    [Check(150)]
    public Task An_account_sees_of_another_owner_what_is_public_or_shared_with_it() =>
        AssertListedAsync(Anonymous, $"account={AccountA}&owner={AccountB}", "public shared");
}
