using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The body of a response that is an array. It limits how many bytes may come until the reader resets the count, so that one element cannot fill
/// the memory, and how long it takes until the next bytes come.
/// </summary>
internal sealed class ElementLimitStream(RemoteClient client, Stream inner) : ReadOnlyStream
{
    private const int Limit = 4 * 1024 * 1024;

    private int _count;

    /// <summary>Requests an array, and returns its elements as they come.</summary>
    public static async IAsyncEnumerable<JsonElement> ReadArrayAsync(
        RemoteClient client, RemoteTarget target, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await client.GetAsync(target, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await client.RefusalAsync(response, cancellation);
        }

        await using var body = new ElementLimitStream(client, await response.Content.ReadAsStreamAsync(cancellation));
        await foreach (var element in RemoteJson.ReadArrayAsync(body, cancellation))
        {
            body._count = 0;
            yield return element;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_count > Limit)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"an entry of the answer exceeds {ByteSize.Format(Limit)}");
        }

        var count = await client.StepAsync(async allowed => await inner.ReadAsync(buffer, allowed), cancellationToken);
        _count += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
