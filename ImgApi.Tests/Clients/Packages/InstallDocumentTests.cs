using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The commands of docs/install.md, each section in a system without imgapi.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class InstallDocumentTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    /// <summary>The commands of a section, as one script.</summary>
    private static string Commands(string section)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "install.md")).Split($"\n## {section}\n")[1].Split("\n## ")[0];
        return string.Join('\n', text.Split("```sh\n").Skip(1).Select(block => block.Split("```")[0]));
    }

    [TestCase("Debian and Ubuntu", "imgapi_*_amd64.deb", "/etc/imgapi/config.json is valid")]
    [TestCase("Any Linux", "imgapi-*-linux-x64.tar.gz", "1.")]
    public async Task The_commands_of_a_section_install_the_program(string section, string package, string output)
    {
        var file = BuiltPackages.Find(package);
        using var root = await DebianRoot.CreateAsync();
        root.Add(file, Path.GetFileName(file));
        Assert.That(await root.RunAsync(Commands(section)), Does.Contain(output));
    }

    [Test]
    public async Task The_commands_for_the_NET_SDK_install_the_tool()
    {
        var (code, output, error) = await Tools.RunAsync("bash", ["-euc", $"HOME={_folder.Path}; cd {BuiltPackages.Folder}; {Commands("A tool of the .NET SDK")}"]);
        Assert.That(code, Is.Zero, output + error);
    }
}
