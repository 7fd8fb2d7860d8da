using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>The user's home folder, into which the framework's pages write keys by default.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class HomeFolderTests
{
    [Test]
    public async Task A_page_leaves_nothing_in_the_home_folder()
    {
        using var folder = new TemporaryFolder();
        var home = Directory.CreateDirectory(folder.Combine("home"));
        await using (var server = await ServerProcess.StartOnAsync(folder.Combine("data"), "env", $"HOME={home.FullName}", "DOTNET_CLI_HOME=/tmp"))
        {
            Assert.That((await server.Admin.GetAnswerAsync("/", ("Accept", "text/html"))).Text, Does.Contain("<h1>Images</h1>"));
        }

        Assert.That(home.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => entry.FullName), Is.Empty);
    }
}
