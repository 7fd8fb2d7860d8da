using System.Net;
using ImgApi.Api.Authentication;
using ImgApi.Domain.Access;
using Microsoft.AspNetCore.Http;
using Moq;

namespace ImgApi.Tests.Unit.Api.Authentication;

[TestFixture]
internal sealed class BasicSchemeTests
{
    [Test]
    public async Task A_password_is_not_checked_if_the_attempts_were_used_up_while_it_waited()
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        var limiter = new AttemptLimiter(TimeProvider.System);
        var passwords = new Mock<IUserPasswords>();
        passwords.Setup(all => all.VerifyAsync("bob", "x", It.IsAny<Func<bool>>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string _, Func<bool> mayTry, CancellationToken _) =>
            {
                Assert.That(mayTry(), Is.True);
                for (var i = 0; i < AttemptLimiter.Burst; i++)
                {
                    limiter.TryCount(ClientNetwork.Of(context));
                }

                return ValueTask.FromResult<bool?>(mayTry() ? true : null);
            });
        var verdict = await new BasicScheme(new PasswordCheck(passwords.Object, limiter)).CheckAsync(context, "Basic Ym9iOng=");
        Assert.That((verdict.IsThrottled, verdict.User), Is.EqualTo((true, "bob")));
    }
}
