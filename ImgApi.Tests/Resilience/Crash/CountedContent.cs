using System.Net;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>A request body whose bytes are counted while it is sent, with an announced length or chunked.</summary>
internal sealed class CountedContent(ReadOnlyMemory<byte> bytes, bool announced, KillTrigger trigger) : HttpContent
{
    private const int PieceSize = 64 * 1024;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(PieceSize, rest.Length)];
            await stream.WriteAsync(piece);
            trigger.Count(KillPoint.Unit.Bytes, piece.Length);
            rest = rest[piece.Length..];
        }

        trigger.Count(KillPoint.Unit.Bodies);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return announced;
    }
}
