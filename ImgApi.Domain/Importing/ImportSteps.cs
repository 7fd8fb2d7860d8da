using System.Net;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>The steps by which a job brings in one image, each only if it is still to be done (contract 5.19).</summary>
public sealed class ImportSteps(
    IImageRepository images, IRemoteImages remote, ManifestIntake intake, ImageImports imports, FileImport files,
    IconImport icons, ImageActivation activation, ServerRules rules, IJobObserver observer, JobRetries retries, TimeProvider clock)
{
    // What becomes of an icon that the other server does not deliver whole.
    private static readonly ErrorCode[] LeavesOut = [ErrorCode.RemoteSource, ErrorCode.Upload, ErrorCode.BadDigest];

    // Beyond what one transfer does for itself: from the start, for a source that is just being restarted, or cannot go on in
    // the middle of a file.
    private const int Attempts = 3;

    /// <summary>Brings in one image, or finds that it is here.</summary>
    /// <exception cref="ImgApiException">It cannot be had.</exception>
    internal async Task ImportAsync(JobRun run, Uuid image, CancellationToken stop)
    {
        if (await IsHereAsync(run, image, stop))
        {
            return;
        }

        var source = run.Remote(image);
        var manifest = await RetryAsync(() => RemoteErrors.ForManifestAsync(image, () => remote.GetManifestAsync(source, stop)), stop);
        var file = await RemoteErrors.ForManifestAsync(image, () => Task.FromResult(manifest.File));
        if (image != run.Job.Image && !manifest.IsActive)
        {
            throw OriginChain.NotActive(image);
        }

        var local = await images.FindAsync(image, stop);
        if (local is null or { IsPlaceholder: true })
        {
            await run.StepAsync($"import image {image}", () => CreateAsync(run, image, manifest, stop), stop);
            local = await images.FindAsync(image, stop);
        }

        // Before its file comes for nothing.
        local?.EnsureListable();
        if (local?.File is not { } has || has.Sha1 != file.Sha1 || has.Size != file.Size || !await activation.IsSoundAsync(image, has, stop))
        {
            await run.StepAsync($"add file of image {image}", () => UnlessActivatedAsync(() => AddFileAsync(run, source, stop)), stop);
        }

        if (manifest.HasIcon && local?.Icon is null)
        {
            await run.StepAsync($"add icon of image {image}", () => AddIconAsync(source, stop), stop);
        }

        await run.StepAsync($"activate image {image}", () => UnlessActivatedAsync(() => ActivateAsync(run, image, stop)), stop);
    }

    private async Task<bool> IsHereAsync(JobRun run, Uuid image, CancellationToken stop)
    {
        if (await images.FindAsync(image, stop) is not { Activated: true } local)
        {
            return false;
        }

        if (image != run.Job.Image && !local.IsActive)
        {
            throw OriginChain.NotActive(image);
        }

        await run.StepAsync($"find image {image}", () => Task.FromResult("it is here"), stop);
        return true;
    }

    /// <summary>Someone else was faster: then there is nothing left to do.</summary>
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
        await run.MarkAsync(image, created: true, stop);
        try
        {
            var (_, replaced) = await imports.AddOrReplaceAsync(next, stop);
            return replaced ? "replaced a placeholder" : "added";
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.ImageUuidAlreadyExists)
        {
            await run.MarkAsync(image, created: false, stop);
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
            () => files.FromSourceAsync(
                source, run.Job.IsForced, image => image.EnsureNotActivated(), content => run.Downloading(source.Uuid, content), stop),
            stop);
        var findings = ContentFindings.Of(after, rules);
        foreach (var finding in findings)
        {
            observer.NotInstallable(after.Uuid, finding);
        }

        return string.Join("; ", [$"{after.File!.Size} bytes", .. findings.Select(finding => $"warning: {finding}")]);
    }

    /// <summary>An image without its icon is worth more than none, so what the other server does not deliver is left out.</summary>
    private async Task<string> AddIconAsync(RemoteImage source, CancellationToken stop)
    {
        try
        {
            var after = await RetryAsync(() => icons.FromSourceAsync(source, stop), stop);
            return $"{after.Icon!.Size} bytes";
        }
        catch (ImgApiException refusal) when (LeavesOut.Contains(refusal.Code))
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
            catch (ImgApiException broken) when (attempt < Attempts && IsBroken(broken))
            {
                await Task.Delay(retries.FirstWait * (1 << attempt), clock, stop);
            }
        }
    }

    /// <summary>
    /// Whether the connection failed, and not the content: what the other server refuses it refuses again. A source that was too slow is
    /// not asked again, since it would hold the job's place for as long once more.
    /// </summary>
    private static bool IsBroken(ImgApiException refusal) => refusal.InnerException is not TimeoutException && (
        (refusal.Code == ErrorCode.RemoteSource && !IsAnswer(refusal.InnerException))
        || (refusal.Code == ErrorCode.Download && refusal.InnerException is IOException));

    private static bool IsAnswer(Exception? reason) => reason switch
    {
        ImgApiException { Code.Status: >= 400 and < 500 } or HttpRequestException { StatusCode: < HttpStatusCode.InternalServerError } => true,
        _ => reason is not null && IsAnswer(reason.InnerException),
    };

    private async Task<string> ActivateAsync(JobRun run, Uuid image, CancellationToken stop)
    {
        var after = await activation.ActivateAsync(image, _ => { }, run.Job.IsForced, stop);
        return $"it is {after.State}";
    }
}
