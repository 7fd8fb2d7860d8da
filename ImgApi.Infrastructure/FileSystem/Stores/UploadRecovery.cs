using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Reads the folder of the uploads at the start, and deletes what a killed process left: files with names that only this server gives.</summary>
internal static class UploadRecovery
{
    /// <summary>Reads the records. One that cannot be used is skipped and left unchanged.</summary>
    public static List<UploadRecord> Load(string folder, ILogger logger)
    {
        string[] names = [.. FolderEntry.List(folder).Where(entry => !entry.IsFolder).Select(entry => entry.Name)];
        var withBytes = IdsOf(names, UploadFolder.BytesExtension).ToHashSet();
        var withRecord = IdsOf(names, UploadFolder.RecordExtension).ToHashSet();
        List<UploadRecord> records = [.. withRecord.Select(id => Read(folder, id, withBytes.Contains(id), logger)).OfType<UploadRecord>()];
        var finished = records.Where(record => record.FinishedAt is not null).Select(record => record.Upload.Id);
        var unneeded = withBytes.Except(withRecord).Concat(withBytes.Intersect(finished)).Select(id => id + UploadFolder.BytesExtension);
        foreach (var name in names.Where(TemporaryName.Matches).Concat(unneeded))
        {
            DurableFile.TryDelete(Path.Combine(folder, name));
        }

        return records;
    }

    private static UploadRecord? Read(string folder, Uuid id, bool hasBytes, ILogger logger)
    {
        try
        {
            var record = UploadDocument.Read(id, File.ReadAllBytes(Path.Combine(folder, id + UploadFolder.RecordExtension)));
            if (record.FinishedAt is not null || hasBytes)
            {
                return record;
            }

            FileSystemLog.UploadSkipped(logger, id.ToString(), "its bytes are missing");
        }
        catch (Exception e) when (e is FormatException || StorageFault.IsFault(e))
        {
            FileSystemLog.UploadSkipped(logger, id.ToString(), e.Message);
        }

        return null;
    }

    private static IEnumerable<Uuid> IdsOf(IEnumerable<string> names, string extension) =>
        from name in names
        where name.EndsWith(extension, StringComparison.Ordinal)
        let id = Uuid.TryParseFolder(name[..^extension.Length], out var uuid) ? uuid : (Uuid?)null
        where id is not null
        select id.Value;
}
