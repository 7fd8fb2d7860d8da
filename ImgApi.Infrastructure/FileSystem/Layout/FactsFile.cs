using System.Globalization;
using System.Text.Json;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>Stores <see cref="ImageFacts"/>. Best effort: facts that cannot be stored are computed again after a restart.</summary>
internal sealed class FactsFile(DataFolder data, ILogger<FactsFile> logger)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly Lock _gate = new();

    /// <summary>The <c>published_at</c> of an image whose manifest has none: the stored one, or else the given instant, which is stored.</summary>
    public Timestamp PublishedAt(Uuid image, DateTimeOffset otherwise)
    {
        var facts = Read(image);
        if (Timestamp.TryParse(facts.PublishedAt, out var kept))
        {
            return kept;
        }

        var published = Timestamp.From(otherwise);
        Write(image, facts with { PublishedAt = published.Text });
        return published;
    }

    public string? Md5(Uuid image, FileInfo content) =>
        Read(image).Contents.FirstOrDefault(fact => fact == FactOf(content, fact.Md5))?.Md5;

    public void SaveMd5(Uuid image, FileInfo content, string md5)
    {
        lock (_gate)
        {
            var facts = Read(image);
            var others = facts.Contents.Where(fact => fact.Name != content.Name);
            Write(image, facts with { Contents = [.. others, FactOf(content, md5)] });
        }
    }

    private static ContentFact FactOf(FileInfo content, string md5) =>
        new(content.Name, content.Length, content.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture), md5);

    private ImageFacts Read(Uuid image)
    {
        try
        {
            var path = data.InImage(image, FileNames.Facts);
            return File.Exists(path) ? JsonSerializer.Deserialize<ImageFacts>(File.ReadAllBytes(path), Json) ?? ImageFacts.None : ImageFacts.None;
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            return ImageFacts.None;
        }
    }

    private void Write(Uuid image, ImageFacts facts)
    {
        try
        {
            DurableFile.Replace(data.Image(image), FileNames.Facts, JsonSerializer.SerializeToUtf8Bytes(facts, Json));
            DurableFile.FlushFolder(data.Image(image));
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.FactsNotStored(logger, e, image.ToString());
        }
    }
}

/// <summary>
/// Facts about an image of trondn/imgapi. They are in a separate file, so that its manifest stays unchanged.
/// </summary>
internal sealed record ImageFacts
{
    public static ImageFacts None { get; } = new();

    /// <summary>Replaces a missing <c>published_at</c>.</summary>
    public string? PublishedAt { get; init; }

    public IReadOnlyList<ContentFact> Contents { get; init; } = [];
}

/// <summary>The MD5 of a content, valid while the file has this size and time.</summary>
internal sealed record ContentFact(string Name, long Size, string Modified, string Md5);
