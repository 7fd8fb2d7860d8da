using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>
/// Makes a backup of a data folder that a server may be using. The server needs no pause: every image is copied as it was at one moment, images
/// that are created meanwhile are copied too, and those that are deleted meanwhile are left out. The audit is copied last, so that it has the
/// events of all changes that were copied; the start of a server corrects those of changes that were not.
/// </summary>
public sealed class BackupRun
{
    private static readonly string[] LeftOut = [FileNames.Lock, FileNames.Index, FileNames.Uploads, FileNames.Audit, "lost+found"];

    private readonly string _source;
    private readonly string _target;
    private readonly string? _former;
    private readonly bool _verifiesAll;
    private readonly FileCopier _copier;
    private readonly CopyVerification _verification;
    private readonly List<string> _problems = [];

    private BackupRun(BackupRules rules, string unfinished, string? former, TimeProvider clock, Action<long> progress, CancellationToken cancellation)
    {
        _source = rules.DataFolder;
        _target = Path.Combine(unfinished, BackupFolder.Data);
        _former = former is null ? null : Path.Combine(former, BackupFolder.Data);
        _verifiesAll = rules.VerifiesAll;
        _copier = new FileCopier(progress, cancellation);
        FileCopier.CreateFolder(_source, _target);
        _verification = new CopyVerification(_target, clock);
    }

    /// <summary>Makes a backup, which replaces older ones when it is complete. It continues one that was interrupted.</summary>
    /// <param name="progress">Gets the number of bytes copied so far.</param>
    /// <exception cref="DataFolderException">There is nothing to copy, or the target cannot be used.</exception>
    /// <exception cref="IOException">A disk is full or has failed. The earlier backups remain.</exception>
    public static async Task<BackupReport> RunAsync(BackupRules rules, TimeProvider clock, Action<long> progress, CancellationToken cancellation)
    {
        rules.EnsureUsable();
        DurableFile.CreateFolder(rules.Target);
        using var folder = BackupFolder.Open(rules.Target);
        var former = folder.Newest is { } newest ? folder.PathOf(newest) : null;
        DurableFile.CreateFolder(folder.Unfinished);
        var run = new BackupRun(rules, folder.Unfinished, former, clock, progress, cancellation);
        var images = await run.CopyImagesAsync(cancellation);
        run.CopyOthers(images);
        run.CopyAudit();
        DurableFile.FlushFolder(run._target);
        CopySecret(rules.Configuration, folder.Unfinished, BackupFolder.Configuration);
        CopySecret(rules.UsersFile, folder.Unfinished, BackupFolder.Users);
        var path = folder.Complete();
        folder.RemoveAllBut(rules.Kept);
        return new BackupReport(path, images.Count, run._copier.Files, run._copier.Bytes, run._problems);
    }

    /// <summary>Copies images until there are no more of them. An image that gets another UUID is found under the new one.</summary>
    /// <returns>The images of the backup.</returns>
    private async Task<HashSet<Uuid>> CopyImagesAsync(CancellationToken cancellation)
    {
        var copier = new ImageCopier(_source, _former, _target, _copier);
        var copied = new HashSet<Uuid>();
        while (true)
        {
            var present = OfflineFolder.Open(_source).Uuids;
            Uuid[] open = [.. present.Except(copied)];
            if (open.Length == 0)
            {
                copied.IntersectWith(present);
                return copied;
            }

            foreach (var uuid in open)
            {
                if (copier.Copy(uuid) is { } copy)
                {
                    copied.Add(uuid);
                    await CheckAsync(uuid, copy, cancellation);
                }
            }
        }
    }

    private async Task CheckAsync(Uuid uuid, ImageCopy copy, CancellationToken cancellation)
    {
        if (copy.Problem is { } problem)
        {
            _problems.Add($"{uuid}: {problem}");
        }
        else if (copy.IsNew || _verifiesAll)
        {
            _problems.AddRange(await _verification.ProblemsAsync(uuid, cancellation));
        }
    }

    /// <summary>Copies what else is in the data folder, and removes from an interrupted backup what is not there any more.</summary>
    private void CopyOthers(HashSet<Uuid> images)
    {
        var others = FolderEntry.List(_source).Where(IsOther).ToHashSet();
        FolderCopier.Copy(_copier, _source, _former, _target, others.Contains);
        FolderCopier.DeleteOthers(_target, [.. images.Select(uuid => uuid.ToString()), .. others.Select(entry => entry.Name), FileNames.Audit]);
    }

    private static bool IsOther(FolderEntry entry) => !LeftOut.Contains(entry.Name) && !TemporaryName.Matches(entry.Name)
        && !FileNames.IsUnfinishedFolder(entry.Name) && !(entry.IsFolder && Uuid.TryParseFolder(entry.Name, out _));

    /// <summary>The server may be appending a line to the last file.</summary>
    private void CopyAudit()
    {
        var (source, target) = (Path.Combine(_source, FileNames.Audit), Path.Combine(_target, FileNames.Audit));
        if (AuditFile.In(source) is not [.., var last])
        {
            return;
        }

        var former = _former is null ? null : Path.Combine(_former, FileNames.Audit);
        var name = Path.GetFileName(last.Path);
        FolderCopier.Copy(_copier, source, former, target, entry => entry.Name != name);
        var modified = File.GetLastWriteTimeUtc(last.Path);
        _copier.Copy(last.Path, last.WholeLines().Span, modified, former is null ? null : Path.Combine(former, name), Path.Combine(target, name));
        DurableFile.FlushFolder(target);
    }

    private static void CopySecret(string? source, string folder, string name)
    {
        if (source is not null && File.Exists(source))
        {
            SecretFile.Replace(Path.Combine(folder, name), File.ReadAllBytes(source));
        }
    }
}
