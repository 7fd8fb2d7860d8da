using System.Collections.Frozen;
using System.Security.Cryptography;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// The keys of the configuration and of a folder. Each use checks the folder's stamp, and reads the folder again if it has changed. Unlike
/// notifications of the system, this is never lost, and works for network file systems and links.
/// </summary>
internal sealed class UserKeys : IUserKeys
{
    private volatile KeySources _sources;
    private readonly TimeProvider _clock;
    private readonly ILogger<UserKeys> _logger;
    private readonly DecoyKeys? _decoys;
    private readonly Lock _loading = new();
    private volatile State _state;

    /// <exception cref="IOException">The keys cannot be read; the message is for the operator.</exception>
    public UserKeys(KeySources sources, TimeProvider clock, ILogger<UserKeys> logger)
    {
        (_sources, _clock, _logger) = (sources, clock, logger);
        _decoys = sources.IsEmpty ? null : DecoyKeys.Shared;
        var stamp = FilesStamp.TryTakeOfKeys(sources.Folder, clock);
        try
        {
            _state = Read(stamp, before: null, logger);
            Warn(before: null);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new IOException($"cannot read the keys of the users in {sources.Folder}: {FileFault.Describe(e)}", e);
        }
    }

    public bool IsSignedBy(string user, SignatureAlgorithm algorithm, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        var keys = Array.FindAll(Current().GetValueOrDefault(user, []), key => key.Kind == algorithm.Kind);
        foreach (var key in keys)
        {
            if (Verifies(key, algorithm, text, signature))
            {
                return true;
            }
        }

        if (keys.Length == 0 && _decoys is not null)
        {
            Verifies(_decoys.For(algorithm.Kind), algorithm, text, signature);
        }

        return false;
    }

    public void Reload()
    {
        lock (_loading)
        {
            Load(FilesStamp.TryTakeOfKeys(_sources.Folder, _clock), _logger);
            if (_state.Fault is not null)
            {
                throw new ImgApiException(ErrorCode.StorageIsDown, "not all keys can be read; the previous ones stay valid");
            }
        }
    }

    public void Replace(IReadOnlyDictionary<string, IReadOnlyList<string>> configured)
    {
        lock (_loading)
        {
            _sources = _sources with { Configured = configured };
            Load(FilesStamp.TryTakeOfKeys(_sources.Folder, _clock), _logger);
        }
    }

    private static bool Verifies(PublicKey key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.Verifies(text, signature, algorithm.Hash);
        }
        catch (CryptographicException)
        {
            return false; // a key or hash that this machine's policy does not allow
        }
    }

    private static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;

    private FrozenDictionary<string, PublicKey[]> Current()
    {
        if (IsUpToDate(FilesStamp.TryTakeOfKeys(_sources.Folder, _clock)))
        {
            return _state.Keys;
        }

        lock (_loading)
        {
            var stamp = FilesStamp.TryTakeOfKeys(_sources.Folder, _clock);
            if (!IsUpToDate(stamp))
            {
                // If the folder is read again only because its stamp was not settled, its warnings have already been logged.
                Load(stamp, _state.Stamp?.IsSame(stamp) == true ? NullLogger.Instance : _logger);
            }

            return _state.Keys;
        }
    }

    private bool IsUpToDate(FilesStamp? stamp) =>
        _state is { Fault: null, Stamp: { IsSettled: true } known } && known.IsSame(stamp);

    /// <summary>Loads the keys that can be read. The stamp was taken before, so that it shows changes during the read.</summary>
    private void Load(FilesStamp? stamp, ILogger logger)
    {
        var before = _state;
        try
        {
            _state = Read(stamp, before.Filed, logger);
        }
        catch (Exception e) when (IsFault(e))
        {
            _state = before with { Stamp = null, Fault = $"{_sources.Folder}: {FileFault.Describe(e)}" };
        }

        Warn(before.Fault);
    }

    /// <summary>Logs each fault once.</summary>
    private void Warn(string? before)
    {
        if (_state.Fault is { } fault && fault != before)
        {
            SecurityLog.NotReloaded(_logger, fault);
        }
    }

    private State Read(FilesStamp? stamp, FiledKeys? before, ILogger logger)
    {
        var read = FiledKeys.Read(_sources.Folder, before, logger);
        var configured = from user in _sources.Configured
                         from line in user.Value
                         let key = OpenSshKey.TryParse(line, out var parsed) ? parsed : throw new FormatException($"a key of {user.Key}")
                         select (User: user.Key, Key: key);
        var filed = from user in read.ByUser
                    from key in user.Value
                    select (User: user.Key, Key: key);
        var keys = configured.Concat(filed).GroupBy(key => key.User, key => key.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(user => user.Key, user => user.ToArray(), StringComparer.Ordinal);
        var (count, users) = (Count.Of(keys.Values.Sum(user => user.Length), "key"), Count.Of(keys.Count, "user"));
        SecurityLog.KeysLoaded(logger, count, users);
        return new State(keys, read, stamp, read.Fault);
    }

    /// <param name="Filed">The keys from the folder.</param>
    /// <param name="Stamp">The folder's stamp before it was read; null if it must be read again.</param>
    /// <param name="Fault">Why the last read of the folder or of its files failed; null if it did not.</param>
    private sealed record State(FrozenDictionary<string, PublicKey[]> Keys, FiledKeys Filed, FilesStamp? Stamp, string? Fault);
}
