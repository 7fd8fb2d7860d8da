using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>A small Debian system with the packages on which imgapi depends, and curl. It is made once for all tests of packages.</summary>
[SetUpFixture]
internal sealed class DebianSystem
{
    private static readonly TemporaryFolder Folder = new();

    /// <summary>The path of the system, as a <c>.tar</c>.</summary>
    public static string Archive => Path.Combine(Folder.Path, "debian.tar");

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        if (!BuiltPackages.Exist)
        {
            return;
        }

        var mmdebstrap = Tools.Require("mmdebstrap", "mmdebstrap");
        var (code, _, error) = await Tools.RunAsync(mmdebstrap,
            ["--quiet", "--variant=minbase", "--include=ca-certificates,curl,libssl3,libstdc++6,systemd,tzdata,util-linux", "bookworm", Archive]);
        Assert.That(code, Is.Zero, error);
    }

    [OneTimeTearDown]
    public void Remove() => Folder.Dispose();
}
