using System.Runtime.CompilerServices;

namespace ImgApi.Tests.Support;

/// <summary>Runs the scripts of <c>ImgApi.Tests/node</c>.</summary>
internal static class NodeScripts
{
    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "node"));

    /// <summary>Runs a script. If Node.js or its packages are missing, the test is skipped, or fails in CI.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(string script, params string[] arguments)
    {
        var node = Tools.Require("node", "nodejs npm");
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules")))
        {
            Tools.Missing("the npm packages are not installed: npm ci --prefix ImgApi.Tests/node");
        }

        return Tools.RunAsync(node, [script, .. arguments], Folder());
    }
}
