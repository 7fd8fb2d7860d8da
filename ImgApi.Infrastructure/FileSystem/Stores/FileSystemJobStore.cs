using System.Collections.Concurrent;
using ImgApi.Domain.Jobs;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Stores each job in a file of its own in a hidden folder of the data folder, and answers reads from memory. A file that is not a job is
/// skipped and left unchanged.
/// </summary>
internal sealed class FileSystemJobStore : IJobStore
{
    private const string Extension = ".json";

    private readonly ConcurrentDictionary<Uuid, Job> _jobs = new();
    private readonly HiddenFolder _folder;
    private readonly ILogger<FileSystemJobStore> _logger;

    /// <summary>Loads the stored jobs.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    public FileSystemJobStore(DataFolder data, ILogger<FileSystemJobStore> logger)
    {
        (_folder, _logger) = (new HiddenFolder(data, FileNames.Jobs), logger);
        try
        {
            if (Directory.Exists(_folder.Path))
            {
                foreach (var file in new DirectoryInfo(_folder.Path).EnumerateFiles())
                {
                    Load(file);
                }
            }
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new DataFolderException($"the folder {_folder.Path} cannot be used: {FileFault.Describe(e)}", e);
        }
    }

    public Task SaveAsync(Job job, CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            _folder.EnsureExists();
            DurableFile.Replace(_folder.Path, NameOf(job.Uuid), JobDocument.Write(job));
            try
            {
                DurableFile.FlushFolder(_folder.Path);
            }
            catch (Exception e) when (StorageFault.IsFault(e))
            {
                if (!TryRollBack(job))
                {
                    _jobs[job.Uuid] = job; // like the next start, which finds the file
                }

                throw;
            }

            _jobs[job.Uuid] = job;
        },
        cancellation);

    public ValueTask<Job?> FindAsync(Uuid uuid, CancellationToken cancellation) => new(_jobs.GetValueOrDefault(uuid));

    public ValueTask<IReadOnlyList<Job>> ListAsync(CancellationToken cancellation) =>
        new([.. _jobs.Values.OrderBy(job => job.CreatedAt).ThenBy(job => job.Uuid)]);

    public async Task RemoveAsync(Uuid uuid, CancellationToken cancellation)
    {
        await StorageFault.RunAsync(
            () =>
            {
                _folder.EnsureExists();
                File.Delete(Path.Combine(_folder.Path, NameOf(uuid)));
                DurableFile.FlushFolder(_folder.Path);
            },
            cancellation);
        _jobs.TryRemove(uuid, out _);
    }

    private static string NameOf(Uuid uuid) => uuid + Extension;

    /// <summary>A new job that could not be flushed is refused, so the next start must not find it.</summary>
    private bool TryRollBack(Job job) => !_jobs.ContainsKey(job.Uuid) && DurableFile.TryDelete(Path.Combine(_folder.Path, NameOf(job.Uuid)));

    private void Load(FileInfo file)
    {
        if (TemporaryName.Matches(file.Name))
        {
            DurableFile.TryDelete(file.FullName);
            return;
        }

        try
        {
            var job = JobDocument.Read(File.ReadAllBytes(file.FullName));
            if (file.Name == NameOf(job.Uuid))
            {
                _jobs[job.Uuid] = job;
                return;
            }

            FileSystemLog.JobSkipped(_logger, file.Name, "its name is not that of the job in it");
        }
        catch (Exception e) when (e is FormatException || StorageFault.IsFault(e))
        {
            FileSystemLog.JobSkipped(_logger, file.Name, e.Message);
        }
    }
}
