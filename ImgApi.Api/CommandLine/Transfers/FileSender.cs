using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// Uploads the file of an image: by a resumable upload if the server has that, which continues after a broken connection and after the end of
/// this program, else in one request.
/// </summary>
internal sealed class FileSender(Session session, TransferRules rules, TransferState state, TransferBars bars)
{
    /// <param name="image">The image, at any server.</param>
    /// <param name="parameters">What is known of the file, such as <c>compression</c>.</param>
    /// <returns>The manifest with the file, whose size and SHA-1 are those of the source.</returns>
    /// <exception cref="ImgApiException">The server refused the file, does not answer, or has other bytes.</exception>
    public async Task<RemoteManifest> SendAsync(
        RemoteImage image, UploadSource source, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        using var sha1 = new RunningSha1();
        var bar = bars.Add(Path.GetFileName(source.Name), source.Length);
        var attempts = new Attempts(rules, bars.Note);
        var isResumable = rules.Resumes && source.Length is not null
            && await attempts.RunAsync(watch => session.Uploads.AreSupportedAsync(image, watch.Token), cancellation);
        if (isResumable)
        {
            await ResumeAsync(image, source, parameters, new SendProgress(attempts, sha1, bar), cancellation);
        }
        else
        {
            await PutAsync(image, source, parameters, new SendProgress(attempts, sha1, bar), cancellation);
        }

        bar.Complete();
        return await VerifyAsync(image, source, sha1, attempts, cancellation);
    }

    private async Task ResumeAsync(
        RemoteImage image, UploadSource source, IReadOnlyList<KeyValuePair<string, string>> parameters, SendProgress progress, CancellationToken cancellation)
    {
        var length = source.Length!.Value;
        string[]? key = source.Identity is { } identity ? ["upload", image.Source.ToString(), image.Uuid.ToString(), identity, string.Join('&', parameters)] : null;
        var upload = key is null ? null : state.Find(key);
        // The offset is asked for after every failure. A new upload begins at 0.
        var offset = (long?)null;
        while (offset is null || offset < length)
        {
            // Outside of the step, whose watch is over the connection.
            await CatchUpAsync(source, progress.Sha1, offset ?? 0, cancellation);
            offset = await progress.Attempts.RunAsync(StepAsync, cancellation);
        }

        if (key is not null)
        {
            state.Forget(key);
        }

        async Task<long?> StepAsync(StallWatch watch)
        {
            if (upload is { } known && offset is null && await session.Uploads.FindOffsetAsync(image, known, watch.Token) is { } found)
            {
                progress.Acknowledge(found);
                return found;
            }

            if (offset is null)
            {
                upload = await session.Uploads.CreateAsync(image, length, watch.Token, parameters);
                if (key is not null)
                {
                    state.Remember(upload.Value, key);
                }

                return 0;
            }

            var from = offset.Value;
            // If this fails, the next step asks how much has arrived.
            offset = null;
            await using var body = Sent(await source.OpenAsync(from, watch.Token, watch.Restart), from, length, progress, watch);
            return await session.Uploads.AppendAsync(image, upload!.Value, from, body, length - from, watch.Token);
        }
    }

    private async Task PutAsync(
        RemoteImage image, UploadSource source, IReadOnlyList<KeyValuePair<string, string>> parameters, SendProgress progress, CancellationToken cancellation)
    {
        if (source.Length is not null)
        {
            await progress.Attempts.RunAsync(PutOnceAsync, cancellation);
            return;
        }

        try
        {
            await new Attempts(rules with { Retries = 0 }, bars.Note).RunAsync(PutOnceAsync, cancellation);
        }
        catch (ImgApiException broken) when (Refusals.IsUnreachable(broken))
        {
            throw new ImgApiException(
                broken.Code, $"{broken.Message}; a pipe cannot be sent again: write it to a file, whose upload can continue", inner: broken.InnerException);
        }

        async Task<RemoteManifest> PutOnceAsync(StallWatch watch)
        {
            await using var body = Sent(await source.OpenAsync(0, watch.Token), 0, source.Length, progress, watch);
            return await session.Changes.PutFileAsync(image, body, source.Length, watch.Token, parameters);
        }
    }

    /// <summary>Hashes what the server has already, after the program was started again.</summary>
    private async Task CatchUpAsync(UploadSource source, RunningSha1 sha1, long offset, CancellationToken cancellation)
    {
        if (sha1.Position < offset && source.KnownSha1 is null)
        {
            bars.Note($"imgapi: the server has {offset} bytes of {source.Name} already; they are read for their SHA-1, but not sent again");
            await using var earlier = await source.OpenAsync(sha1.Position, cancellation);
            await sha1.AddAsync(earlier, offset, cancellation);
        }
    }

    private async Task<RemoteManifest> VerifyAsync(
        RemoteImage image, UploadSource source, RunningSha1 sha1, Attempts attempts, CancellationToken cancellation)
    {
        await CatchUpAsync(source, sha1, source.Length ?? 0, cancellation);
        var manifest = await attempts.RunAsync(watch => session.Images.GetManifestAsync(image, watch.Token), cancellation);
        var (file, sent) = (manifest.File, source.KnownSha1 ?? sha1.Text());
        var size = source.Length ?? sha1.Position;
        return file.Size == size && file.Sha1 == sent
            ? manifest
            : throw new ImgApiException(
                ErrorCode.RemoteSource, $"the server has {file.Size} bytes with the sha1 {file.Sha1}, but {source.Name} has {size} bytes with the sha1 {sent}");
    }

    private SentStream Sent(Stream inner, long offset, long? length, SendProgress progress, StallWatch watch) => new(
        inner, offset, length, progress.Sha1, rules.Pace(), watch, position => progress.Bar.Set(position));
}
