using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The packages that <c>support-files/package</c> has built. The variable <c>IMGAPI_PACKAGES</c> names their folder.</summary>
internal static class BuiltPackages
{
    private const string Variable = "IMGAPI_PACKAGES";

    public static bool Exist => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>The folder. Without it the test is skipped.</summary>
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable(Variable);
            if (folder is null)
            {
                Assert.Ignore($"no packages were built: support-files/package packages; {Variable}=$PWD/packages dotnet test");
            }

            return folder!;
        }
    }

    /// <summary>The path of the one package whose name matches a pattern such as <c>*_amd64.deb</c>.</summary>
    public static string Find(string pattern) => Directory.GetFiles(Folder, pattern).Single();

    /// <summary>Unpacks a <c>.tar.gz</c> or <c>.tar</c>.</summary>
    public static async Task UnpackAsync(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        var (code, _, error) = await Tools.RunAsync("tar", ["-C", folder, "-xf", archive]);
        Assert.That(code, Is.Zero, error);
    }
}
