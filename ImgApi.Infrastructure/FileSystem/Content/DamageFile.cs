using System.Text.Json;
using ImgApi.Domain.Images;
using ImgApi.Domain.Integrity;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Content;

/// <summary>The damages that are known, in one file of the data folder.</summary>
internal sealed class DamageFile(DataFolder data, ILogger<DamageFile> logger) : IDamageStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <inheritdoc/>
    public IReadOnlyList<Damage> Load()
    {
        try
        {
            var path = Path.Combine(data.Root, FileNames.Damages);
            var entries = File.Exists(path) ? JsonSerializer.Deserialize<Entry[]>(File.ReadAllBytes(path), Json) : null;
            return [.. (entries ?? []).Select(Damage).OfType<Damage>()];
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            FileSystemLog.DamagesNotRead(logger, e);
            return [];
        }
    }

    /// <inheritdoc/>
    public void Keep(IReadOnlyList<Damage> damages)
    {
        var entries = damages.Select(damage => new Entry(damage.Image.ToString(), damage.Content.Value, damage.Reason, damage.FoundAt, damage.IsUnreadable)).ToArray();
        try
        {
            DurableFile.Replace(data.Root, FileNames.Damages, JsonSerializer.SerializeToUtf8Bytes(entries, Json));
            DurableFile.FlushFolder(data.Root);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.DamagesNotKept(logger, e);
        }
    }

    private static Damage? Damage(Entry entry) =>
        Uuid.TryParse(entry.Image, out var image) && entry.Content is { } content
            ? new Damage(image, new ContentKey(content), entry.Reason ?? "", entry.FoundAt, entry.IsUnreadable)
            : null;

    private sealed record Entry(string? Image, string? Content, string? Reason, DateTimeOffset FoundAt, bool IsUnreadable = false);
}
