using System.Diagnostics.CodeAnalysis;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A file system of a few MiB in memory with a data folder. Needs root: otherwise the test is skipped, or fails in CI.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Ballast = "ballast";

    private readonly TemporaryFolder _folder = new();
    private int _mounts;

    private SmallDisk()
    {
    }

    public string DataFolder => Path.Combine(Root, "data");

    private string Root => _folder.Combine("disk");

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes it.")]
    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Root);
        try
        {
            await disk.MountAsync("-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", disk.Root);
        }
        catch (InvalidOperationException refused)
        {
            await disk.DisposeAsync();
            Tools.Missing($"nothing can be mounted here, which needs root: {refused.Message}");
        }

        return disk;
    }

    /// <summary>Fills the disk except for some bytes.</summary>
    public void Fill(int except = 0)
    {
        using var ballast = new FileStream(Path.Combine(Root, Ballast), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(page);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }

        ballast.SetLength(Math.Max(0, ballast.Length - except));
    }

    public void MakeRoom() => File.Delete(Path.Combine(Root, Ballast));

    /// <summary>
    /// Makes the disk read-only, as the kernel does when a disk fails. Remounting it read-only is refused while a file is open, so a
    /// read-only view is mounted over it instead.
    /// </summary>
    public async Task MakeReadOnlyAsync()
    {
        await MountAsync("--bind", Root, Root);
        await RunAsync("mount", "-o", "remount,bind,ro", Root);
    }

    public Task MakeWritableAsync() => UnmountAsync();

    public async ValueTask DisposeAsync()
    {
        while (_mounts > 0)
        {
            await UnmountAsync();
        }

        _folder.Dispose();
    }

    private async Task MountAsync(params string[] arguments)
    {
        await RunAsync("mount", arguments);
        _mounts++;
    }

    private async Task UnmountAsync()
    {
        _mounts--;
        await RunAsync("umount", "-l", Root);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (code, _, error) = await Tools.RunAsync(Tools.Require(program, "mount"), arguments);
        if (code != 0)
        {
            throw new InvalidOperationException(error.Trim());
        }
    }
}
