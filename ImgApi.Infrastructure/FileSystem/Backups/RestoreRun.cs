using System.Text;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>
/// Copies a backup into an empty data folder. A note in the data folder keeps servers from starting before it is complete; if the process is
/// killed, the next run continues.
/// </summary>
public static class RestoreRun
{
    /// <summary>Restores a backup.</summary>
    /// <param name="backups">The folder of the backups.</param>
    /// <param name="number">The number of the backup; null for the newest.</param>
    /// <param name="usersFile">Where the users file belongs; it is written if it is missing. Null if there is none.</param>
    /// <param name="progress">Gets the number of bytes copied so far.</param>
    /// <exception cref="DataFolderException">There is no such backup, or the data folder is in use or not empty.</exception>
    /// <exception cref="IOException">A disk is full or has failed. The next run continues.</exception>
    public static async Task<BackupReport> RunAsync(
        string backups, int? number, string dataFolder, string? usersFile, TimeProvider clock, Action<long> progress, CancellationToken cancellation)
    {
        using var folder = BackupFolder.Open(Path.GetFullPath(backups));
        var backup = Find(folder, number, backups);
        using var data = DataFolder.Open(dataFolder);
        Begin(data.Root, backup);
        var copier = new FileCopier(progress, cancellation);
        FolderCopier.Copy(copier, Path.Combine(backup, BackupFolder.Data), null, data.Root);
        RestoreUsers(Path.Combine(backup, BackupFolder.Users), usersFile);
        var verification = new CopyVerification(data.Root, clock);
        var problems = new List<string>();
        foreach (var uuid in verification.Uuids)
        {
            problems.AddRange(await verification.ProblemsAsync(uuid, cancellation));
        }

        File.Delete(Path.Combine(data.Root, FileNames.Restoring));
        data.Flush();
        return new BackupReport(backup, verification.Uuids.Count, copier.Files, copier.Bytes, problems);
    }

    private static string Find(BackupFolder folder, int? number, string path)
    {
        var wanted = number ?? folder.Newest ?? throw new DataFolderException($"there is no backup in {path}");
        return folder.Numbers.Contains(wanted) ? folder.PathOf(wanted) : throw new DataFolderException($"there is no backup {wanted} in {path}");
    }

    /// <summary>Leaves a note with the path of the backup, or finds that of an earlier run.</summary>
    private static void Begin(string root, string backup)
    {
        var note = Path.Combine(root, FileNames.Restoring);
        if (File.Exists(note))
        {
            var other = File.ReadAllText(note);
            if (other != backup)
            {
                throw new DataFolderException($"the data folder {root} has a part of {other}: restore that one, or empty the folder first");
            }
        }
        else if (FolderEntry.List(root).Any(entry => entry.Name is not (FileNames.Lock or "lost+found")))
        {
            throw new DataFolderException($"the data folder {root} is not empty: a backup is restored into an empty folder");
        }
        else
        {
            DurableFile.Replace(root, FileNames.Restoring, Encoding.UTF8.GetBytes(backup));
            DurableFile.FlushFolder(root);
        }
    }

    private static void RestoreUsers(string copy, string? usersFile)
    {
        if (usersFile is not null && !File.Exists(usersFile) && File.Exists(copy))
        {
            SecretFile.Replace(usersFile, File.ReadAllBytes(copy));
        }
    }
}
