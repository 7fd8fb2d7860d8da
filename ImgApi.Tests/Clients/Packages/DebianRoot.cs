using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The root of a Debian system without imgapi, in which commands run with their own network and processes.</summary>
internal sealed class DebianRoot : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DebianRoot()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "root");

    public static async Task<DebianRoot> CreateAsync()
    {
        Tools.Require("bwrap", "bubblewrap");
        var root = new DebianRoot();
        await BuiltPackages.UnpackAsync(DebianSystem.Archive, root.Path);
        return root;
    }

    /// <summary>Runs a script of the shell as root in the system, and returns its output and errors. It has to succeed.</summary>
    public async Task<string> RunAsync(string script)
    {
        var (code, output, error) = await Tools.RunAsync("bwrap",
            ["--bind", Path, "/", "--proc", "/proc", "--dev", "/dev", "--unshare-net", "--unshare-pid", "--die-with-parent",
             "--setenv", "DEBIAN_FRONTEND", "noninteractive", "--chdir", "/", "/bin/sh", "-euc", script]);
        Assert.That(code, Is.Zero, $"{script}\n{output}{error}");
        return (output + error).Trim();
    }

    /// <summary>Copies a file into the system.</summary>
    public void Add(string file, string path) => File.Copy(file, System.IO.Path.Combine(Path, path.TrimStart('/')), overwrite: true);

    public void Dispose() => _folder.Dispose();
}
