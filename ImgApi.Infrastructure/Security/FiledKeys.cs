using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Security;

/// <summary>The keys in the files of a folder. A file that cannot be read keeps nothing from the others.</summary>
/// <param name="ByUser">Keys by user.</param>
/// <param name="Fault">Why files could not be read, for the operator; null if all could be.</param>
internal sealed record FiledKeys(IReadOnlyDictionary<string, IReadOnlyList<PublicKey>> ByUser, string? Fault)
{
    /// <summary>Reads the folder. Of a file that is there and cannot be read, the keys from before stay.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <param name="before">What was read before; null for nothing.</param>
    /// <param name="logger">Told about what is skipped.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static FiledKeys Read(string? folder, FiledKeys? before, ILogger logger)
    {
        var keys = new Dictionary<string, IReadOnlyList<PublicKey>>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var file in KeyFile.List(folder))
        {
            try
            {
                keys[file.User] = file.Read(logger);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Deleted just now, or a link that leads nowhere: whoever took the file away took its keys away.
                SecurityLog.KeyFileMissing(logger, file.Content.FullName);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                keys[file.User] = before?.ByUser.GetValueOrDefault(file.User) ?? [];
                faults.Add($"{file.Content.FullName}: {FileFault.Describe(e)}");
            }
        }

        return new FiledKeys(keys, faults.Count > 0 ? string.Join("; ", faults) : null);
    }
}
