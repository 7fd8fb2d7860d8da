using System.Buffers;

namespace ImgApi.Api.Http;

/// <summary>
/// The body of a request of which a read may be canceled. After a canceled read of <see cref="HttpRequest.Body"/> Kestrel cannot drain the rest,
/// and logs an error, since the read counts as unfinished.
/// </summary>
internal sealed class InterruptibleBody(HttpRequest request) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reader = request.BodyReader;
        await using var interruption = cancellationToken.UnsafeRegister(_ => reader.CancelPendingRead(), null);
        while (true)
        {
            var result = await reader.ReadAsync(CancellationToken.None);
            var (bytes, consumed) = (result.Buffer, result.Buffer.Start);
            try
            {
                if (result.IsCanceled)
                {
                    throw new OperationCanceledException(cancellationToken);
                }

                // An empty buffer cannot be sliced after the end of the body.
                if (!bytes.IsEmpty)
                {
                    bytes = bytes.Slice(0, Math.Min(buffer.Length, bytes.Length));
                    bytes.CopyTo(buffer.Span);
                    consumed = bytes.End;
                    return (int)bytes.Length;
                }

                if (result.IsCompleted)
                {
                    return 0;
                }
            }
            finally
            {
                reader.AdvanceTo(consumed);
            }
        }
    }
}
