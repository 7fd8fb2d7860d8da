using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>The units in <c>support-files</c>, as systemd reads them.</summary>
[TestFixture]
[Platform("Linux", Reason = "systemd")]
internal sealed class UnitFileTests
{
    private const string InstalledProgram = "/usr/bin/imgapi";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Systemd_finds_no_mistake_in_the_units()
    {
        var (code, output, error) = await AnalyzeAsync("verify", "--man=no", Copy("imgapi.service"), Copy("imgapi.socket"));
        Assert.That((code, output + error), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task The_exposure_of_the_service_is_below_2_of_10()
    {
        var (code, output, error) = await AnalyzeAsync("security", "--offline=true", "--threshold=20", Copy("imgapi.service"));
        Assert.That(code, Is.Zero, output + error);
    }

    [Test]
    public async Task Systemd_creates_a_static_user_and_group_for_the_service()
    {
        _folder.Write("etc/sysusers.d/imgapi.conf", await File.ReadAllTextAsync(Source("imgapi.sysusers")));
        var (_, _, error) = await Tools.RunAsync(Tools.Require("systemd-sysusers", "systemd"), ["--root", _folder.Path, "imgapi.conf"]);
        Assert.That(await File.ReadAllTextAsync(_folder.Combine("etc/passwd")), Does.Match(@"^imgapi:x:\d+:\d+:Image server:/var/lib/imgapi:/usr/sbin/nologin\n$"), error);
    }

    private static Task<(int Code, string Output, string Error)> AnalyzeAsync(params string[] arguments) =>
        Tools.RunAsync(Tools.Require("systemd-analyze", "systemd"), arguments);

    private static string Source(string name) => Path.Combine(Repository.Root, "support-files", name);

    /// <summary>A copy whose program exists on this machine.</summary>
    private string Copy(string name) =>
        _folder.Write(name, File.ReadAllText(Source(name)).Replace(InstalledProgram, "/bin/true", StringComparison.Ordinal));
}
