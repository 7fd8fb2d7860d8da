using System.Text.Json;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>When each token was last used, in one file of the data folder. The server writes it at intervals, and commands read it.</summary>
public sealed class TokenUseFile(string dataFolder)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The times by the id of the token. A file that is missing, damaged or not readable has none: it is no loss that needs the operator.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(File.ReadAllBytes(Path.Combine(dataFolder, FileNames.TokenUses))) ?? [];
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            return new Dictionary<string, DateTimeOffset>();
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <returns>Whether it was written.</returns>
    public bool TryWrite(IReadOnlyDictionary<string, DateTimeOffset> uses)
    {
        try
        {
            DurableFile.Replace(dataFolder, FileNames.TokenUses, JsonSerializer.SerializeToUtf8Bytes(uses, Json));
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return false;
        }
    }
}
