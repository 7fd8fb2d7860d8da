using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The root of a small Debian system, in which commands run with their own network and processes.</summary>
internal sealed class DebianRoot : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DebianRoot()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "root");

    /// <summary>Installs a system with the packages on which imgapi depends, and curl.</summary>
    public static async Task<DebianRoot> CreateAsync()
    {
        var mmdebstrap = Tools.Require("mmdebstrap", "mmdebstrap");
        Tools.Require("bwrap", "bubblewrap");
        var root = new DebianRoot();
        var (code, _, error) = await Tools.RunAsync(mmdebstrap,
            ["--quiet", "--variant=minbase", "--include=ca-certificates,curl,libssl3,libstdc++6,systemd,tzdata,util-linux", "bookworm", root.Path]);
        Assert.That(code, Is.Zero, error);
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
