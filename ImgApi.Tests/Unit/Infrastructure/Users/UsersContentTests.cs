using System.Text;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Tests.Unit.Infrastructure.Users;

/// <summary>What a users file may say.</summary>
[TestFixture]
internal sealed class UsersContentTests
{
    private static readonly string Hash = PasswordHash.Create("x", iterations: 10_000).ToString();
    private static readonly string Joe = $$"""{ "name": "joe", "password": "{{Hash}}", "role": "publish" }""";
    private static readonly string TokenHash = TokenSecret.HashOf(TokenSecret.Create());

    [Test]
    public void Comments_and_unknown_members_are_allowed()
    {
        var content = Parse($$"""{ /* list */ "users": [{{Joe.Replace("}", ", \"mail\": 1 } // x\n", StringComparison.Ordinal)}}], "since": 2027 }""");
        Assert.That(content.Users, Is.EqualTo(new[] { new UserAccount("joe", Hash, Role.Publish) }));
    }

    [TestCase("{}", "there is no list \"users\"")]
    [TestCase("[]", "there is no list \"users\"")]
    [TestCase("", "the text is empty")]
    [TestCase("""{ "users": {} }""", "there is no list \"users\"")]
    [TestCase("""{ "users": [], "tokens": 1 }""", "\"tokens\" must be a list")]
    [TestCase("""{ "users": [1] }""", "\"users\", entry 1: \"name\" must be a text without colons")]
    [TestCase("""{ "users": [{ "name": "a:b" }] }""", "\"users\", entry 1: \"name\" must be a text without colons")]
    [TestCase("""{ "users": [{ "name": "joe", "password": "clear" }] }""", "\"users\", entry 1: \"password\" must be a hash from imgapi hash-password, since this file takes no passwords in clear text")]
    [TestCase("""{ "users": [{ "name": "joe", "password": "HASH", "role": "root" }] }""", "\"users\", entry 1: \"role\" must be read, publish, manage or admin")]
    [TestCase("""{ "users": [{ "name": "joe", "password": "HASH" }] }""", "\"users\", entry 1: \"role\" must be read, publish, manage or admin")]
    [TestCase("""{ "users": [{ "name": "joe", "password": "HASH", "role": "read", "quota": 0 }] }""", "\"users\", entry 1: \"quota\" must be a number of bytes, at least 1")]
    [TestCase("""{ "users": [{ "name": "joe", "password": "HASH", "role": "read", "quota": "10g" }] }""", "\"users\", entry 1: \"quota\" must be a number of bytes, at least 1")]
    [TestCase("""{ "users": [JOE, JOE] }""", "\"users\", entry 2 has the name of an earlier entry")]
    [TestCase("""{ "users": [], "users": [] }""", "a name occurs twice in the same object")]
    [TestCase("""{ "users": [,] }""", "line 1, column 13: a value was expected here; texts stand in double quotes")]
    [TestCase("""{ "users": [], "tokens": [{ "id": "x" }] }""", "\"tokens\", entry 1: \"id\" must be token- and eight hexadecimal digits")]
    [TestCase("""{ "users": [], "tokens": [{ "id": "token-01234567", "hash": "imgapi" }] }""", "\"tokens\", entry 1: \"hash\" must be a SHA-256 in hexadecimal")]
    [TestCase("""{ "users": [], "tokens": [{ "id": "token-01234567", "hash": "SUM", "role": "read" }] }""", "\"tokens\", entry 1: \"created\" must be a time")]
    [TestCase("""{ "users": [], "tokens": [{ "id": "token-01234567", "hash": "SUM", "role": "read", "created": "2027" }] }""", "\"tokens\", entry 1: \"created\" must be a time such as 2027-01-31T00:00:00.000Z")]
    [TestCase("""{ "users": [{ "name": "\ud800" }] }""", "a string contains half of a surrogate pair")]
    public void What_is_wrong_is_named(string text, string problem) => Assert.That(
        () => Parse(text.Replace("JOE", Joe, StringComparison.Ordinal).Replace("HASH", Hash, StringComparison.Ordinal).Replace("SUM", TokenHash, StringComparison.Ordinal)),
        Throws.TypeOf<FormatException>().With.Message.EqualTo(problem));

    private static UsersContent Parse(string text) => UsersContent.Parse(Encoding.UTF8.GetBytes(text));
}
