using ImgApi.Domain.Audit;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Quotas;

namespace ImgApi.Domain.Uploads;

/// <summary>
/// Uploads of image files that continue after an interruption. Rights, limits, checks and the result are those of an upload in one transfer.
/// A guard throws to refuse the image. A newer request for an upload ends the earlier one. An unknown or expired upload, and one of another
/// image, is <c>ResourceNotFound</c>.
/// </summary>
public sealed class ResumableUploads : IDisposable
{
    private readonly IUploadStore _store;
    private readonly IAuditLog _audit;
    private readonly UploadIntake _intake;
    private readonly UploadCommit _commit;
    private readonly UploadAdmission _admission;
    private readonly LiveUploads _live;
    private readonly UploadRegister _register;
    private readonly UploadPurge _purge;

    public ResumableUploads(
        IImageRepository images, IContentStore contents, IUploadStore store, ContentInspector inspector, StorageQuota quota, ServerRules rules,
        UploadLimits limits, IAuditLog audit, TimeProvider clock)
    {
        var head = new UploadHead(images, store, inspector, rules);
        _store = store;
        _audit = audit;
        _intake = new UploadIntake(store, head);
        _commit = new UploadCommit(images, contents, store, head, clock);
        _register = new UploadRegister(images, store, limits, clock);
        _admission = new UploadAdmission(images, store, _register, quota, rules, limits, audit, clock);
        _live = new LiveUploads(store);
        _purge = new UploadPurge(store, _live, _register);
    }

    /// <summary>Creates an upload without bytes.</summary>
    /// <param name="length">Bytes of the whole file.</param>
    /// <param name="metadata">See <see cref="PendingUpload.Metadata"/>.</param>
    /// <exception cref="ImgApiException">
    /// <c>ImageFilesImmutable</c>, <c>Upload</c> above the maximum size, <c>Download</c> for claims that contradict the length,
    /// <c>TooManyUploads</c>, <c>InsufficientStorage</c>.
    /// </exception>
    public async Task<UploadProgress> CreateAsync(
        Uuid image, long length, FileDescription file, string? metadata, Action<Image> guard, CancellationToken cancellation)
    {
        var upload = await _admission.AdmitAsync(image, length, file, metadata, guard, cancellation);
        return _register.ProgressOf(new StoredUpload(upload, 0, upload.CreatedAt, Content: null, IsFinished: false));
    }

    /// <summary>How far an upload is. One that is complete is committed first, if that has not happened yet.</summary>
    /// <exception cref="ImgApiException">See <see cref="AppendAsync"/>.</exception>
    public async Task<UploadProgress> ResumeAsync(Uuid image, Uuid id, Action<Image> guard, CancellationToken cancellation)
    {
        // Before the request takes a turn, which ends another request.
        await _register.FindAsync(image, id, guard, cancellation);
        return await _live.InTurnAsync(id, async (live, _) =>
        {
            var stored = await _register.BeginAsync(image, id, guard, cancellation);
            return stored.IsFinished
                ? _register.ProgressOf(stored)
                : await AdvanceAsync(stored with { Offset = await FlushAsync(id) }, live, guard);
        }, cancellation);
    }

    /// <summary>Appends a part, and commits the file if it is complete.</summary>
    /// <exception cref="ImgApiException">
    /// <c>UploadConflict</c> for a wrong offset, and if a newer request ended this one; <c>PayloadTooLarge</c>, <c>ChecksumMismatch</c>.
    /// <c>UploadSuperseded</c>, <c>ImageAlreadyActivated</c> and the refusals of every upload, after which this one is removed.
    /// </exception>
    public async Task<UploadProgress> AppendAsync(Uuid image, Uuid id, UploadPart part, Action<Image> guard, CancellationToken cancellation)
    {
        await _register.FindAsync(image, id, guard, cancellation);
        return await _live.InTurnAsync(id, async (live, turn) =>
        {
            var stored = await _register.BeginAsync(image, id, guard, cancellation);
            if (stored.IsFinished)
            {
                return part.Offset == stored.Offset && part.Length is null or 0 ? _register.ProgressOf(stored) : throw Finished();
            }

            try
            {
                await _register.RemoveIfRefusedAsync(id, () => _intake.AppendAsync(stored.Upload, live, part, turn));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw UploadTurns.TakenOver();
            }

            var (_, after) = await _register.FindAsync(image, id, guard, CancellationToken.None);
            return await AdvanceAsync(after, live, guard);
        }, cancellation);
    }

    /// <summary>Removes an upload. A file that it has become stays.</summary>
    public async Task RemoveAsync(Uuid image, Uuid id, Action<Image> guard, CancellationToken cancellation)
    {
        await _register.FindAsync(image, id, guard, cancellation);
        await _live.InTurnAsync(id, async (_, _) =>
        {
            var removal = AuditEvent.By(Cause.Current) with { Image = image, Subject = id.ToString() };
            await AuditedAction.RunAsync(_audit, removal, () => _store.DeleteAsync(id, CancellationToken.None));
            return true;
        }, cancellation);
    }

    /// <summary>The uploads that have not become a file and have not expired, in the order of their creation.</summary>
    public async ValueTask<IReadOnlyList<UploadProgress>> ListUnfinishedAsync(CancellationToken cancellation) =>
        [.. from stored in await _register.ListUnfinishedAsync(cancellation) select _register.ProgressOf(stored)];

    /// <summary>Removes expired uploads, and those whose image was removed. It ends requests that still send a part of them.</summary>
    /// <param name="removed">Called for each that was not finished.</param>
    public Task PurgeAsync(Action<UploadProgress> removed, CancellationToken cancellation) => _purge.RunAsync(removed, cancellation);

    public void Dispose()
    {
        _live.Dispose();
        _admission.Dispose();
    }

    private static ImgApiException Finished() => new(ErrorCode.UploadConflict, "the upload is complete, and its file was committed");

    /// <summary>Makes bytes durable that an earlier process may have written without a flush.</summary>
    private async Task<long> FlushAsync(Uuid id)
    {
        await using var writer = await _store.AppendAsync(id, CancellationToken.None);
        return writer.Offset;
    }

    /// <summary>Commits an upload that is complete.</summary>
    private async Task<UploadProgress> AdvanceAsync(StoredUpload stored, LiveUpload live, Action<Image> guard)
    {
        if (!stored.IsComplete)
        {
            return _register.ProgressOf(stored);
        }

        var upload = stored.Upload;
        Image? committed = null;
        await _register.RemoveIfRefusedAsync(upload.Id, async () => committed = await _commit.CommitAsync(upload, live.Digest, guard));
        await _register.FinishAsync(stored);
        return _register.ProgressOf(stored, committed);
    }
}
