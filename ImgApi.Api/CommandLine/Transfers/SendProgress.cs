using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>How far an upload is.</summary>
internal sealed record SendProgress(Attempts Attempts, RunningSha1 Sha1, TransferBar Bar)
{
    private long _acknowledged;

    /// <summary>The server has more bytes than before, so the connection works from time to time.</summary>
    public void Acknowledge(long offset)
    {
        if (offset > _acknowledged)
        {
            _acknowledged = offset;
            Attempts.Reset();
        }
    }
}
