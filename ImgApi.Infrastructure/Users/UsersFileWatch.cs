using System.Security.Cryptography;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Infrastructure.Users;

/// <summary>Reads a users file again when it has changed. Like key files, it is checked at each use and not watched. Not thread-safe, except <see cref="IsUpToDate"/>.</summary>
public sealed class UsersFileWatch(string path, TimeProvider clock)
{
    private readonly UsersFile _file = new(path);
    private volatile FilesStamp? _stamp;
    private byte[]? _digest;

    /// <summary>The content when it could last be read.</summary>
    public UsersContent Content { get; private set; } = UsersContent.Empty;

    /// <summary>Why the file could not be read last time, without its path; null if it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the file has certainly not changed since it was read without a fault.</summary>
    public bool IsUpToDate => _stamp is { IsSettled: true } known && known.IsSame(FilesStamp.TryTake(path, clock));

    /// <summary>Reads the file. After a fault the previous content stays.</summary>
    /// <returns>Whether the content or the fault has changed.</returns>
    public bool Read()
    {
        var (content, fault) = (Content, Fault);
        // The stamp is taken before, so that it shows changes during the read.
        var stamp = FilesStamp.TryTake(path, clock);
        try
        {
            Load();
            (_stamp, Fault) = (stamp, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            (_stamp, Fault) = (null, e is FormatException ? e.Message : FileFault.Describe(e));
        }

        return content != Content || fault != Fault;
    }

    /// <summary>Parses the bytes only if they are others than before, since an unsettled stamp makes every use read them.</summary>
    private void Load()
    {
        var bytes = _file.ReadBytes();
        var digest = bytes is null ? null : SHA256.HashData(bytes);
        if (digest is null && _digest is not null)
        {
            throw new FileNotFoundException();
        }

        if (_digest is null || !digest.AsSpan().SequenceEqual(_digest))
        {
            (Content, _digest) = (bytes is null ? Content : UsersContent.Parse(bytes), digest);
        }
    }
}
