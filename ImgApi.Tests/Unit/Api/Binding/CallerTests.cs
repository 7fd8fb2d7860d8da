using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;

namespace ImgApi.Tests.Unit.Api.Binding;

/// <summary>Who sends a request.</summary>
[TestFixture]
internal sealed class CallerTests
{
    [TestCase("token-01234567")]
    [TestCase(null)]
    public void The_actor_has_the_token_that_was_sent(string? token) => Assert.That(
        Caller.Of(CredentialsHandler.PrincipalOf("joe", Role.Read, token), new ServerConfiguration { DataFolder = "" }).Actor,
        Is.EqualTo(new Actor("joe", Role.Read) { Token = token }));
}
