using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// The hidden folder of the uploads. Each has a record, <c>UUID.json</c>, and its bytes, <c>UUID.bytes</c>, until it is finished. An upload exists
/// while it has a record. The record is written after the file for the bytes, and deleted before it. Files of other names are left unchanged.
/// </summary>
internal sealed class UploadFolder
{
    private const string RecordExtension = ".json";
    private const string BytesExtension = ".bytes";

    private readonly HiddenFolder _folder;
    private readonly ILogger _logger;

    /// <summary>Reads the records, and deletes what a killed process left: files with names that only this server gives.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    public UploadFolder(DataFolder data, ILogger logger)
    {
        (_folder, _logger) = (new HiddenFolder(data, FileNames.Uploads), logger);
        try
        {
            if (Directory.Exists(_folder.Path))
            {
                Load();
            }
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new DataFolderException($"the folder {_folder.Path} cannot be used: {FileFault.Describe(e)}", e);
        }
    }

    public ConcurrentDictionary<Uuid, UploadRecord> Records { get; } = new();

    public string BytesOf(Uuid id) => Path.Combine(_folder.Path, id + BytesExtension);

    /// <summary>Creates an upload without bytes.</summary>
    public void Create(UploadRecord record)
    {
        _folder.EnsureExists();
        var bytes = BytesOf(record.Upload.Id);
        try
        {
            DurableFile.WriteNew(bytes, []);
            Save(record);
        }
        catch
        {
            Records.TryRemove(record.Upload.Id, out _);
            DurableFile.TryDelete(RecordOf(record.Upload.Id));
            DurableFile.TryDelete(bytes);
            throw;
        }
    }

    /// <summary>Durably replaces the record of an upload.</summary>
    public void Save(UploadRecord record)
    {
        DurableFile.Replace(_folder.Path, Path.GetFileName(RecordOf(record.Upload.Id)), UploadDocument.Write(record));
        Records[record.Upload.Id] = record; // even if the flush fails: a restart would read it too
        DurableFile.FlushFolder(_folder.Path);
    }

    /// <summary>Deletes an upload. After a failure it is still known, so that the caller can try again.</summary>
    public void Delete(Uuid id)
    {
        if (Records.ContainsKey(id))
        {
            File.Delete(RecordOf(id));
            DurableFile.FlushFolder(_folder.Path);
            Records.TryRemove(id, out _);
            DeleteBytes(id);
        }
    }

    /// <summary>Deletes bytes that are not needed. After a failure, the next start deletes them.</summary>
    public void DeleteBytes(Uuid id)
    {
        if (!DurableFile.TryDelete(BytesOf(id)))
        {
            FileSystemLog.NotDeleted(_logger, null, BytesOf(id));
        }
    }

    private string RecordOf(Uuid id) => Path.Combine(_folder.Path, id + RecordExtension);

    private void Load()
    {
        string[] names = [.. FolderEntry.List(_folder.Path).Where(entry => !entry.IsFolder).Select(entry => entry.Name)];
        Uuid[] withRecord = [.. IdsOf(names, RecordExtension)];
        Uuid[] withBytes = [.. IdsOf(names, BytesExtension)];
        Array.ForEach(withRecord, Read);
        var finished = Records.Values.Where(record => record.FinishedAt is not null).Select(record => record.Upload.Id);
        var unneeded = withBytes.Except(withRecord.Except(finished)).Select(BytesOf);
        foreach (var path in names.Where(TemporaryName.Matches).Select(name => Path.Combine(_folder.Path, name)).Concat(unneeded))
        {
            DurableFile.TryDelete(path);
        }
    }

    /// <summary>Reads a record. One that cannot be used is skipped and left unchanged.</summary>
    private void Read(Uuid id)
    {
        try
        {
            var record = UploadDocument.Read(id, File.ReadAllBytes(RecordOf(id)));
            if (record.FinishedAt is not null || File.Exists(BytesOf(id)))
            {
                Records[id] = record;
                return;
            }

            FileSystemLog.UploadSkipped(_logger, RecordOf(id), "its bytes are missing");
        }
        catch (Exception e) when (e is FormatException || StorageFault.IsFault(e))
        {
            FileSystemLog.UploadSkipped(_logger, RecordOf(id), e.Message);
        }
    }

    private static IEnumerable<Uuid> IdsOf(IEnumerable<string> names, string extension) =>
        from name in names
        where name.EndsWith(extension, StringComparison.Ordinal)
        let id = Uuid.TryParseFolder(name[..^extension.Length], out var uuid) ? uuid : (Uuid?)null
        where id is not null
        select id.Value;
}
