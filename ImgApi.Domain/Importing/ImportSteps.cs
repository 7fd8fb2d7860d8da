using System.Net;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>The steps that import one image (contract 5.19). Steps that were done earlier are skipped.</summary>
public sealed class ImportSteps(
    IImageRepository images, IRemoteImages remote, ManifestIntake intake, ImageImports imports, FileImport files,
    ImageActivation activation, ServerRules rules, IJobObserver observer, JobRetries retries, TimeProvider clock)
{
    // Errors that leave an icon out.
    private static readonly ErrorCode[] SkipsIcon = [ErrorCode.RemoteSource, ErrorCode.Upload, ErrorCode.BadDigest];

    // A transfer already resumes by itself. These attempts begin again, for a source that is being restarted or does not support ranges.
    private const int MaxAttempts = 3;

    internal async Task ImportAsync(JobRun run, Uuid image, CancellationToken stop)
    {
        if (await ExistsAsync(run, image, stop))
        {
            return;
        }

        var source = run.Remote(image);
        var manifest = await RetryAsync(() => RemoteErrors.ForManifestAsync(image, () => remote.GetManifestAsync(source, stop)), stop);
        var file = await RemoteErrors.ForManifestAsync(image, () => Task.FromResult(manifest.File));
        if (image != run.Job.Image && !manifest.IsActive)
        {
            throw OriginChain.OriginNotActive(image);
        }

        var local = await images.FindAsync(image, stop);
        if (local is null or { IsPlaceholder: true })
        {
            await run.StepAsync($"import image {image}", () => CreateAsync(run, image, manifest, stop), stop);
            local = await images.FindAsync(image, stop);
        }

        // Otherwise activation would refuse it, after its file has been transferred.
        local?.EnsureListable();
        if (local?.File is not { } present || (present.Sha1, present.Size) != (file.Sha1, file.Size)
            || !await activation.IsIntactAsync(image, present, stop))
        {
            await run.StepAsync($"add file of image {image}", () => UnlessActivatedAsync(() => AddFileAsync(run, source, stop)), stop);
        }

        if (manifest.HasIcon && local?.Icon is null)
        {
            await run.StepAsync($"add icon of image {image}", () => AddIconAsync(source, stop), stop);
        }

        await run.StepAsync($"activate image {image}", () => UnlessActivatedAsync(() => ActivateAsync(run, image, stop)), stop);
        if (await images.FindAsync(image, stop) is { } imported)
        {
            observer.Imported(run.Job, imported);
        }
    }

    private async Task<bool> ExistsAsync(JobRun run, Uuid image, CancellationToken stop)
    {
        if (await images.FindAsync(image, stop) is not { Activated: true } local)
        {
            return false;
        }

        if (image != run.Job.Image && !local.IsActive)
        {
            throw OriginChain.OriginNotActive(image);
        }

        await run.StepAsync($"find image {image}", () => Task.FromResult("it is here"), stop);
        return true;
    }

    /// <summary>If somebody else has activated the image meanwhile, nothing is left to do.</summary>
    private static async Task<string> UnlessActivatedAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.ImageAlreadyActivated || refusal.Code == ErrorCode.ImageFilesImmutable)
        {
            return "it was activated meanwhile";
        }
    }

    private async Task<string> CreateAsync(JobRun run, Uuid image, RemoteManifest manifest, CancellationToken stop)
    {
        var next = intake.ImportRemote(image, manifest.Json, run.Job.Channel);
        await run.MarkCreatedAsync(image, created: true, stop);
        try
        {
            var (_, replaced) = await imports.AddOrReplaceAsync(next, _ => { }, stop);
            return replaced ? "replaced a placeholder" : "added";
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.ImageUuidAlreadyExists)
        {
            await run.MarkCreatedAsync(image, created: false, stop);
            if (await images.FindAsync(image, stop) is null)
            {
                throw;
            }

            return "it was added meanwhile";
        }
    }

    private async Task<string> AddFileAsync(JobRun run, RemoteImage source, CancellationToken stop)
    {
        var after = await RetryAsync(
            () => files.AddFileAsync(
                source, run.Job.IsForced, image => image.EnsureNotActivated(), content => run.Downloading(source.Uuid, content), stop),
            stop);
        var findings = ContentFindings.Of(after, rules);
        foreach (var finding in findings)
        {
            observer.NotInstallable(after.Uuid, finding);
        }

        return string.Join("; ", [$"{after.File!.Size} bytes", .. findings.Select(finding => $"warning: {finding}")]);
    }

    /// <summary>An image without its icon is better than none, so an icon that cannot be transferred is left out.</summary>
    private async Task<string> AddIconAsync(RemoteImage source, CancellationToken stop)
    {
        try
        {
            var after = await RetryAsync(() => files.AddIconAsync(source, stop), stop);
            return $"{after.Icon!.Size} bytes";
        }
        catch (ImgApiException refusal) when (SkipsIcon.Contains(refusal.Code))
        {
            return $"left out: {refusal.Message}";
        }
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (ImgApiException failure) when (attempt < MaxAttempts && IsTransient(failure))
            {
                await Task.Delay(retries.FirstWait * (1 << attempt), clock, stop);
            }
        }
    }

    /// <summary>
    /// Whether a retry can help: only if the connection failed, since the other server would repeat its refusals. A source that was too slow
    /// is not retried, since it would occupy the job's slot for as long again.
    /// </summary>
    private static bool IsTransient(ImgApiException refusal) => refusal.InnerException is not TimeoutException && (
        (refusal.Code == ErrorCode.RemoteSource && !IsAnswer(refusal.InnerException))
        || (refusal.Code == ErrorCode.Download && refusal.InnerException is IOException));

    private static bool IsAnswer(Exception? reason) => reason switch
    {
        ImgApiException { Code.Status: >= 400 and < 500 } or HttpRequestException { StatusCode: < HttpStatusCode.InternalServerError } => true,
        _ => reason is not null && IsAnswer(reason.InnerException),
    };

    private async Task<string> ActivateAsync(JobRun run, Uuid image, CancellationToken stop) =>
        $"it is {(await activation.ActivateAsync(image, _ => { }, run.Job.IsForced, stop)).State}";
}

/// <param name="FirstWait">Wait before the second attempt; doubled for each further one.</param>
public sealed record JobRetries(TimeSpan FirstWait);
