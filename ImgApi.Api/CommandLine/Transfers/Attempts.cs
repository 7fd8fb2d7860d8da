using System.Globalization;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Repeats the steps of a transfer after failures that may pass, with growing pauses, and says so.</summary>
/// <param name="note">Shows a remark to the person.</param>
internal sealed class Attempts(TransferRules rules, Action<string> note)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Progress was made, so the count of failures begins again.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Runs a step until it succeeds.</summary>
    /// <param name="step">Gets a watch, which runs already.</param>
    /// <exception cref="ImgApiException">The step failed in a way that will not pass, or too often.</exception>
    public async Task<T> RunAsync<T>(Func<StallWatch, Task<T>> step, CancellationToken cancellation)
    {
        while (true)
        {
            using var watch = new StallWatch(rules.Stall, cancellation);
            watch.Restart();
            try
            {
                return await step(watch);
            }
            catch (OperationCanceledException) when (watch.HasFired)
            {
                await PauseAsync(new ImgApiException(ErrorCode.RemoteSource, "the transfer made no progress", inner: new TimeoutException()), cancellation);
            }
            catch (ImgApiException refusal) when (MayPass(refusal))
            {
                await PauseAsync(refusal, cancellation);
            }
        }
    }

    /// <summary>Whether the connection failed, or the server is down or overloaded, as opposed to an answer that stays the same.</summary>
    private static bool MayPass(ImgApiException refusal) => Refusals.IsUnreachable(refusal)
        || (refusal.Code.Status == 503 && refusal.Code != ErrorCode.RemoteSource) || refusal.Code == ErrorCode.UploadConflict
        // An answer without an error in JSON, for instance of a proxy, is always RemoteSourceError.
        || refusal.InnerException is HttpRequestException { StatusCode: { } status } && (int)status is 429 or 502 or 503 or 504;

    private async Task PauseAsync(ImgApiException cause, CancellationToken cancellation)
    {
        if (_failures == rules.Retries)
        {
            throw cause;
        }

        var pause = FirstPause * (1 << Math.Min(_failures, 10));
        pause = pause < MaxPause ? pause : MaxPause;
        _failures++;
        note(string.Create(
            CultureInfo.InvariantCulture, $"imgapi: {cause.Message}; trying again in {pause.TotalSeconds:0.#} s ({_failures} of {rules.Retries})"));
        await Task.Delay(pause, cancellation);
    }
}
