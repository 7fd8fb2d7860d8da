using System.Text.Json;
using ImgApi.Domain.Retention;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>How often images were fetched, in one file of the data folder.</summary>
internal sealed class FetchFile(DataFolder data, ILogger<FetchFile> logger) : IFetchStore
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public Task<FetchRecord?> LoadAsync(CancellationToken cancellation) => Task.Run(Load, cancellation);

    public Task<bool> SaveAsync(FetchRecord record, CancellationToken cancellation) => Task.Run(() => Save(record), cancellation);

    private FetchRecord? Load()
    {
        var path = Path.Combine(data.Root, FileNames.Fetches);
        try
        {
            return File.Exists(path) ? Record(JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), Json)) : null;
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            FileSystemLog.FetchesNotRead(logger, e);
            return null;
        }
    }

    private bool Save(FetchRecord record)
    {
        var document = new Document(
            record.Since, record.Images.ToDictionary(pair => pair.Key.ToString(), pair => new Entry(pair.Value.Count, pair.Value.Last), StringComparer.Ordinal));
        try
        {
            DurableFile.Replace(data.Root, FileNames.Fetches, JsonSerializer.SerializeToUtf8Bytes(document, Json));
            DurableFile.FlushFolder(data.Root);
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.FetchesNotStored(logger, e);
            return false;
        }
    }

    private static FetchRecord? Record(Document? document)
    {
        var images = new Dictionary<Uuid, Fetches>();
        foreach (var (name, entry) in document?.Images ?? [])
        {
            if (Uuid.TryParse(name, out var image) && entry is { Count: > 0, Last: not null })
            {
                images[image] = new Fetches(entry.Count, entry.Last);
            }
        }

        return document?.Since is { } since ? new FetchRecord(since, images) : null;
    }

    private sealed record Document(DateTimeOffset? Since, Dictionary<string, Entry>? Images);

    private sealed record Entry(long Count, DateTimeOffset? Last);
}
