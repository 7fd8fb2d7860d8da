using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Security;

/// <summary>The keys in the files of a folder. A file that cannot be read does not affect the others.</summary>
/// <param name="Fault">Why files could not be read, for the operator; null if all were read.</param>
internal sealed record FiledKeys(IReadOnlyDictionary<string, IReadOnlyList<PublicKey>> ByUser, string? Fault)
{
    /// <summary>Reads the folder. For a file that cannot be read, the previous keys stay valid.</summary>
    /// <param name="folder">Null for none.</param>
    /// <param name="before">The previous keys.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read the folder.</exception>
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
                // Deleted meanwhile, or a dangling link: without the file, its keys are not valid.
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
