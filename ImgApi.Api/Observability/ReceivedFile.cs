namespace ImgApi.Api.Observability;

/// <summary>The body of an upload, whose bytes are counted.</summary>
internal sealed class ReceivedFile(Stream body, Transfer transfer, TrafficHistory traffic) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        if (count == 0 && buffer.Length > 0)
        {
            transfer.ReachEnd();
        }

        transfer.Add(count);
        traffic.CountReceived(count);
        return count;
    }

    /// <summary>Ends the transfer. The body belongs to the web server.</summary>
    protected override void Dispose(bool disposing)
    {
        transfer.Dispose();
        base.Dispose(disposing);
    }
}
