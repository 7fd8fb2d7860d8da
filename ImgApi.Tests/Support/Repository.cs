namespace ImgApi.Tests.Support;

/// <summary>The checkout from which the tests were built.</summary>
internal static class Repository
{
    /// <summary>The root folder.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Copies the files that git tracks, with local changes, and new files that it does not ignore.</summary>
    public static async Task CopyToAsync(string folder)
    {
        var git = Tools.Require("git", "git");
        var (code, files, error) = await Tools.RunAsync(git, ["ls-files", "-co", "--exclude-standard"], Root);
        if (code != 0)
        {
            Tools.Missing($"the tests do not run in a checkout of git: {error}");
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
