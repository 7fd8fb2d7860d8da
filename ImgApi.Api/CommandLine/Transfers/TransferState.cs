using System.Security.Cryptography;
using System.Text;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// Remembers which upload and which image belong to an unfinished command, so that the same command continues it after the program was killed:
/// one small file for each command in <c>~/.local/state/imgapi/transfers</c>. Without it, a command starts from the beginning.
/// </summary>
internal sealed class TransferState
{
    // As long as the longest life of an upload at a server that is likely.
    private static readonly TimeSpan Lifespan = TimeSpan.FromDays(14);

    private const string LockExtension = ".lock";

    private readonly string _folder;

    /// <param name="folder">Is created when something is remembered.</param>
    public TransferState(string folder) => _folder = folder;

    /// <summary>The state of the user who runs the program, below <c>XDG_STATE_HOME</c> if it is set.</summary>
    public static TransferState OfUser() => new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(LocalDefault.Home, ".local", "state"),
        "imgapi",
        "transfers"));

    /// <summary>Keeps other processes from running the same command, until it is disposed. Null if the state cannot be stored at all.</summary>
    /// <exception cref="CommandException">Another process runs the command.</exception>
    public IDisposable? Hold(params ReadOnlySpan<string> key)
    {
        try
        {
            DurableFile.CreateFolder(_folder);
            return new FileStream(
                PathOf(key) + LockExtension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception held) when (FileFault.IsInUse(held))
        {
            throw new CommandException("the same command is running already");
        }
        catch (Exception fault) when (IsFault(fault))
        {
            return null;
        }
    }

    /// <summary>What is remembered for a key; null if nothing is.</summary>
    public Uuid? Find(params ReadOnlySpan<string> key)
    {
        try
        {
            return Uuid.TryParse(File.ReadAllText(PathOf(key)).Trim(), out var uuid) ? uuid : null;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            return null;
        }
    }

    public void Remember(Uuid value, params ReadOnlySpan<string> key)
    {
        try
        {
            DurableFile.CreateFolder(_folder);
            RemoveOld();
            var (path, temporary) = (PathOf(key), PathOf(key) + ".new");
            File.WriteAllText(temporary, value + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            // The command works without it.
        }
    }

    public void Forget(params ReadOnlySpan<string> key)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (Exception fault) when (IsFault(fault))
        {
            // The server does not know the upload any more, and the next command notices that.
        }
    }

    private static bool IsFault(Exception fault) => fault is IOException or UnauthorizedAccessException;

    /// <summary>The lock of a command that runs may be old, and is not removed.</summary>
    private void RemoveOld()
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - Lifespan;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().Where(file => file.Extension != LockExtension && file.LastWriteTimeUtc < limit))
        {
            file.Delete();
        }
    }

    private string PathOf(ReadOnlySpan<string> key) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', key)))[..16]));
}
