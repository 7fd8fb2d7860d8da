namespace ImgApi.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Copies what a clone would have: the files that git tracks, as they are now, and new ones that it does not ignore.</summary>
    public static async Task CopyToAsync(string folder)
    {
        var git = Tools.Require("git", "git");
        var (code, files, error) = await Tools.RunAsync(git, ["ls-files", "-co", "--exclude-standard"], Root);
        if (code != 0)
        {
            Tools.Missing($"a checkout of git: {error}");
        }

        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file))))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Root, file), target);
        }
    }

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "ImgApi.sln")) ? folder.FullName : Find(folder.Parent!);
}
