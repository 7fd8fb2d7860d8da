using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The packages that need no package manager, and the files that describe all packages.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ProgramArchiveTests
{
    private readonly TemporaryFolder _folder = new();

    private static string Version =>
        System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    private async Task<string> UnpackAsync(string architecture)
    {
        var folder = Path.Combine(_folder.Path, architecture);
        await BuiltPackages.UnpackAsync(BuiltPackages.Find($"imgapi-*-linux-{architecture}.tar.gz"), folder);
        return Directory.GetDirectories(folder).Single();
    }

    [Test]
    public async Task The_archive_has_a_program_that_runs() =>
        Assert.That((await Tools.RunAsync(Path.Combine(await UnpackAsync("x64"), "imgapi"), ["version"])).Output.Trim(), Does.Contain(Version));

    // Bytes 18 and 19 of an ELF file name the processor: 183 is AArch64.
    [Test]
    public async Task The_program_for_arm64_is_for_that_processor() =>
        Assert.That(File.ReadAllBytes(Path.Combine(await UnpackAsync("arm64"), "imgapi"))[18..20], Is.EqualTo(new byte[] { 183, 0 }));

    [Test]
    public async Task The_archive_has_the_licence_and_a_configuration() =>
        Assert.That(Directory.GetFiles(await UnpackAsync("x64")).Select(Path.GetFileName), Is.SupersetOf((string[])["LICENSE", "config.json", "imgapi.service"]));

    [Test]
    public async Task The_tool_of_dotnet_runs()
    {
        var tools = Path.Combine(_folder.Path, "tools");
        var (code, output, error) = await Tools.RunAsync(
            "dotnet", ["tool", "install", "imgapi", "--tool-path", tools, "--source", BuiltPackages.Folder, "--no-cache"], _folder.Path);
        Assert.That(code, Is.Zero, output + error);
        Assert.That((await Tools.RunAsync(Path.Combine(tools, "imgapi"), ["version"])).Output.Trim(), Does.Contain(Version));
    }

    [Test]
    public async Task The_checksums_of_all_packages_are_right()
    {
        var (code, output, error) = await Tools.RunAsync("sha256sum", ["--check", "--strict", "SHA256SUMS"], BuiltPackages.Folder);
        Assert.That((code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length), Is.EqualTo((0, Directory.GetFiles(BuiltPackages.Folder).Length - 1)), error);
    }

    [TestCase("Microsoft.NETCore.App")]
    [TestCase("Microsoft.AspNetCore.App")]
    [TestCase("FluentValidation")]
    [TestCase("Swashbuckle.AspNetCore")]
    public void The_bill_of_materials_names_frameworks_and_libraries(string name)
    {
        var bill = JsonElement.Parse(File.ReadAllText(BuiltPackages.Find("imgapi-*.cdx.json")));
        Assert.That(bill.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("name").GetString()), Has.Member(name));
    }

    [Test]
    public void The_release_notes_are_the_newest_part_of_the_changelog()
    {
        var newest = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")).Split("\n## [")[1];
        Assert.That(File.ReadAllText(Path.Combine(BuiltPackages.Folder, "RELEASE-NOTES.md")).Trim(), Is.EqualTo(newest[newest.IndexOf('\n', StringComparison.Ordinal)..].Trim()));
    }
}
