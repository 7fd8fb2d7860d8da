using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>
/// Starts one server for a fixture that checks the contract. Its tests share the server and create the images that they
/// need. <see cref="CheckAttribute"/> has the number of the check in the contract's section 13.
/// </summary>
internal abstract class ContractFixture(ServerMode mode, Func<ServerConfiguration, ServerConfiguration>? configure = null)
{
    protected const string UnknownUuid = "00000000-0000-4000-8000-000000000000";
    protected const string AccountA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    protected const string AccountB = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    protected TestServer Server { get; private set; } = null!;

    protected HttpClient Admin => Server.Admin;

    protected HttpClient Anonymous => Server.Anonymous;

    [OneTimeSetUp]
    public async Task StartAsync() => Server = await TestServer.StartAsync(mode, configure: configure);

    [OneTimeTearDown]
    public async Task StopAsync() => await Server.DisposeAsync();

    /// <summary>Asserts a refusal with exactly these field errors, written <c>field:code</c>.</summary>
    protected static void AssertRefused(Answer answer, int status, string code, params string[] errors)
    {
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/json"));
            Assert.That(answer.Code, Is.EqualTo(code), answer.Text);
            if (code is "ValidationFailed" or "InvalidParameter")
            {
                Assert.That(answer.Errors, Is.EqualTo(errors), answer.Text);
            }
            else
            {
                Assert.That(answer.Keys, Is.EqualTo(new[] { "code", "message" }), answer.Text);
            }
        });
    }

    protected static void AssertNotFound(Answer answer, string? message = null)
    {
        AssertRefused(answer, 404, "ResourceNotFound");
        if (message is not null)
        {
            Assert.That(answer.Message, Is.EqualTo(message));
        }
    }

    protected static void AssertImage(Answer answer) => Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
}
