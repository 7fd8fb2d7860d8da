namespace ImgApi.Domain.Uploads;

/// <summary>The state of an upload in memory, a few hundred bytes while no request uses it.</summary>
internal sealed class LiveUpload(RunningDigest digest)
{
    public UploadTurns Turns { get; } = new();

    public RunningDigest Digest => digest;

    /// <summary>Whether the first bytes have passed the inspection.</summary>
    public bool IsInspected { get; set; }
}
