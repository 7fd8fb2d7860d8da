using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Stores;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>What a backup contains, and where it is.</summary>
/// <param name="DataFolder">The full path of the data folder.</param>
/// <param name="Target">The full path of the folder of the backups, which is created if it is missing.</param>
/// <param name="Configuration">The configuration file.</param>
/// <param name="UsersFile">The users file; null if there is none.</param>
/// <param name="Kept">How many backups remain.</param>
/// <param name="VerifiesAll">Whether contents that were in the backup before are read and verified too.</param>
public sealed record BackupRules(string DataFolder, string Target, string Configuration, string? UsersFile, int Kept, bool VerifiesAll)
{
    /// <exception cref="DataFolderException">There is nothing to copy, or the target is in the data folder.</exception>
    internal void EnsureUsable()
    {
        if ((Target + Path.DirectorySeparatorChar).StartsWith(DataFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new DataFolderException($"{Target} is in the data folder {DataFolder}: a backup must be outside of it");
        }

        // Otherwise the backup of a disk that is not mounted would replace the good one.
        if (OfflineFolder.Open(DataFolder).Uuids.Count == 0 && !File.Exists(Path.Combine(DataFolder, FileNames.Lock)))
        {
            throw new DataFolderException($"the data folder {DataFolder} is empty: is its disk mounted?");
        }

        Layout.DataFolder.EnsureRestored(DataFolder);
    }
}
