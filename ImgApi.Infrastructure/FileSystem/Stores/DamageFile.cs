using System.Text.Json;
using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// The damage register, in one file of the data folder. The server and <c>imgapi verify</c> both change it, under a lock, and read it again if
/// its size or time has changed.
/// </summary>
internal sealed class DamageFile(string root, ILogger logger) : IDamageStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly string _path = Path.Combine(root, FileNames.Damages);
    private volatile Version? _loaded;

    public ValueTask<IReadOnlyList<Damage>?> LoadAsync(CancellationToken cancellation) => new(Load());

    public Task<bool> ChangeAsync(
        IReadOnlyCollection<Damage> entered, IReadOnlyCollection<DamagedContent> cleared, CancellationToken cancellation) =>
        Task.Run(() => Change(entered, cleared), cancellation);

    private IReadOnlyList<Damage>? Load()
    {
        // The stamp is taken before the file is read, so that a change during the read gives another stamp.
        var stamp = Stamp();
        var loaded = _loaded;
        if (loaded is null || loaded.Stamp != stamp)
        {
            _loaded = loaded = new Version(stamp, Read());
        }

        return loaded.Damages;
    }

    private IReadOnlyList<Damage>? Read()
    {
        try
        {
            var entries = File.Exists(_path) ? JsonSerializer.Deserialize<Entry[]>(File.ReadAllBytes(_path), Json) : null;
            return [.. (entries ?? []).Select(Damage).OfType<Damage>()];
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            FileSystemLog.DamagesNotRead(logger, e);
            return null;
        }
    }

    private bool Change(IReadOnlyCollection<Damage> entered, IReadOnlyCollection<DamagedContent> cleared)
    {
        using var held = FolderLock.Acquire(root);
        var changed = cleared.Concat(entered.Select(damage => damage.Key)).ToHashSet();
        var damages = (Load() ?? []).Where(damage => !changed.Contains(damage.Key)).Concat(entered).OrderBy(damage => damage.Image);
        var entries = damages.Select(damage =>
            new Entry(damage.Image.ToString(), damage.Content.Value, damage.Reason, damage.FoundAt, damage.IsUnreadable)).ToArray();
        try
        {
            // Root may run imgapi verify: the server must still be able to read the file.
            SecretFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(entries, Json));
            Renew(_loaded?.Stamp);
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.DamagesNotStored(logger, e);
            return false;
        }
    }

    private static Damage? Damage(Entry entry) =>
        Uuid.TryParse(entry.Image, out var image) && entry.Content is { } content
            ? new Damage(image, new ContentKey(content), entry.Reason ?? "", entry.FoundAt, entry.IsUnreadable)
            : null;

    private sealed record Entry(string? Image, string? Content, string? Reason, DateTimeOffset FoundAt, bool IsUnreadable = false);

    private FileStamp? Stamp() => FileStamp.FromFile(new FileInfo(_path));

    /// <summary>Gives the new file a later time than the old one had, although clocks may be coarse or set back.</summary>
    private void Renew(FileStamp? before)
    {
        if (before is { } old && Stamp() is { } now && now.ModifiedAt <= old.ModifiedAt)
        {
            File.SetLastWriteTimeUtc(_path, DateTime.UnixEpoch.AddTicks(old.ModifiedAt / TimeSpan.NanosecondsPerTick).AddMilliseconds(1));
        }
    }

    /// <summary>The content of the file when it was last read; null if it could not be read.</summary>
    private sealed record Version(FileStamp? Stamp, IReadOnlyList<Damage>? Damages);
}
