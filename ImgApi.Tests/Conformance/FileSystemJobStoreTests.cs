using ImgApi.Domain.Jobs;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;

namespace ImgApi.Tests.Conformance;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FileSystemJobStoreTests : JobStoreConformance, IDisposable
{
    private readonly StoredImages _images = new();

    protected override IJobStore Store => _images.Jobs;

    private string Folder => _images.Folder.Combine(".imgapi-jobs");

    public void Dispose() => _images.Dispose();

    protected override void Reopen() => _images.Restart();

    [Test]
    public async Task Files_that_are_not_jobs_are_ignored_and_only_temporary_ones_are_removed()
    {
        var job = SomeJob();
        await Store.SaveAsync(job, CancellationToken.None);
        var names = new[] { "note.txt", "broken.json", "00000000-0000-4000-8000-000000000000.json" };
        _images.Restart(() =>
        {
            File.WriteAllText(Path.Combine(Folder, names[0]), "hello");
            File.WriteAllText(Path.Combine(Folder, names[1]), """{"uuid":"x","source":"y","images":["z"],"request_id":"","created_at":"2026-01-01T00:00:00Z","execution":"Queued"}""");
            File.Copy(Path.Combine(Folder, job.Uuid + ".json"), Path.Combine(Folder, names[2]));
            File.WriteAllText(Path.Combine(Folder, ".imgapi-0123456789abcdef.tmp"), "half a jo");
        });
        Assert.That((await Store.ListAsync(CancellationToken.None)).Select(found => found.Uuid), Is.EqualTo(new[] { job.Uuid }));
        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Is.EquivalentTo(names.Append(job.Uuid + ".json")));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "file modes")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_file_of_a_job_can_be_read_by_the_user_of_the_server_only()
    {
        var job = SomeJob();
        await Store.SaveAsync(job, CancellationToken.None);
        Assert.That(File.GetUnixFileMode(Path.Combine(Folder, job.Uuid + ".json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_job_that_the_disk_does_not_save_stays_unchanged()
    {
        var job = SomeJob();
        await Store.SaveAsync(job, CancellationToken.None);
        Directory.Delete(Folder, recursive: true);
        await File.WriteAllTextAsync(Folder, "in the way");
        var refusal = await Refusal.Of(() => Store.SaveAsync(job.Start(), CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.StorageIsDown));
        Assert.That((await Store.FindAsync(job.Uuid, CancellationToken.None))!.Execution, Is.EqualTo(JobExecution.Queued));
    }
}
