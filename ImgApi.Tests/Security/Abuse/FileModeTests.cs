using System.Runtime.Versioning;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Files of the server are readable by its own user only, regardless of the umask.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Exclude = "Win", Reason = "file modes")]
[UnsupportedOSPlatform("windows")]
internal sealed class FileModeTests
{
    private const UnixFileMode OthersAny =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Test]
    public async Task Nothing_in_the_data_folder_is_readable_by_other_users()
    {
        await using var source = await TestServer.StartAsync();
        await using var server = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync();
        await server.Admin.JobEndAsync(await server.Admin.StartJobAsync(uuid, source.Address));
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png"));
        var written = Directory.GetFileSystemEntries(server.DataFolder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.That(written.Select(Path.GetFileName), Has.Some.EqualTo("manifest.json").And.Some.StartsWith("image-").And.Some.StartsWith("icon-"));
        Assert.That(written, Has.Some.Contains("jobs"));
        AssertPrivate([server.DataFolder, .. written]);
    }

    [Test]
    public void The_generated_configuration_is_not_readable_by_other_users()
    {
        using var home = new TemporaryFolder();
        LocalDefault.FindOrCreate(home.Path);
        var made = home.Combine(".imgapi");
        AssertPrivate([made, .. Directory.GetFileSystemEntries(made)]);
    }

    private static void AssertPrivate(IEnumerable<string> paths) =>
        Assert.That(paths.Where(path => (File.GetUnixFileMode(path) & OthersAny) != 0), Is.Empty);
}
