using ImgApi.Tests.Support;

namespace ImgApi.Tests.Documents;

/// <summary>docs/api.md agrees with the server. <c>./make.sh docs</c> regenerates it.</summary>
[TestFixture]
internal sealed class ApiPageTests
{
    /// <summary>The environment variable that makes the tests write documents instead of comparing them.</summary>
    public const string WriteInstead = "IMGAPI_WRITE_DOCS";

    [Test]
    public async Task The_page_of_endpoints_and_errors_is_up_to_date()
    {
        await using var server = await TestServer.StartAsync(ServerMode.Dc);
        var page = new ApiPage((await server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Json).Write();
        var file = Path.Combine(Repository.Root, "docs", "api.md");
        if (Environment.GetEnvironmentVariable(WriteInstead) is not null)
        {
            await File.WriteAllTextAsync(file, page);
        }

        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(page));
    }
}
