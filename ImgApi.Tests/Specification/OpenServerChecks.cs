using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A server without authentication does not look at credentials (contract 7.1).</summary>
[TestFixture]
internal sealed class OpenServerChecks() : ContractFixture(ServerMode.Dc, configuration => configuration with
{
    Authentication = AuthenticationKind.None,
    Users = [],
})
{
    [Test]
    public async Task Any_credentials_are_accepted(
        [Values("Basic bm86bm8=", "Bearer x", "Signature keyId=\"a\"")] string credentials, [Values("/ping", "/images")] string path) =>
        AssertImage(await Anonymous.GetAnswerAsync(path, ("Authorization", credentials)));

    [Test]
    public async Task A_resource_that_does_not_exist_is_not_found_whatever_the_credentials(
        [Values("Basic bm86bm8=", "Bearer x", "Signature keyId=\"a\"")] string credentials,
        [Values("/nope", "/images/" + UnknownUuid + "/file")] string path) =>
        AssertNotFound(await Anonymous.GetAnswerAsync(path, ("Authorization", credentials)));

    [Test]
    [Check(41)]
    public async Task A_reload_of_keys_is_accepted_and_does_nothing() =>
        Assert.That((await Anonymous.PostAnswerAsync("/authkeys/reload")).Text, Is.EqualTo("{}"));
}
