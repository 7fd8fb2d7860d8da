using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The list of another server, page by page. Servers differ: a page may begin with the image that the marker names or after it, and some send
/// everything whatever the limit says.
/// </summary>
internal sealed class RemoteList(
    RemoteClient client, ImageSource source, IReadOnlyList<KeyValuePair<string, string>> filters, string requestId)
{
    /// <summary>Images of one page. A server may send fewer only on the last page; sdc-imgapi, whose limit is 1000, does so.</summary>
    internal const int PageSize = 1000;

    // 16 bytes each. No server has as many; without a limit, one could send new images for ever.
    private const int MaxImages = 1_000_000;

    private readonly HashSet<Uuid> _seen = [];

    public async IAsyncEnumerable<RemoteManifest> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Uuid? last = null;
        var isWhole = false;
        while (true)
        {
            var (received, before) = (0, _seen.Count);
            await foreach (var json in ReadPageAsync(Page(last, isWhole), cancellation))
            {
                var manifest = new RemoteManifest(json);
                last = manifest.Uuid ?? throw new ImgApiException(ErrorCode.RemoteSource, "the list has an entry without a UUID");
                received++;
                if (_seen.Add(last.Value))
                {
                    yield return manifest;
                }
            }

            if (_seen.Count > MaxImages)
            {
                throw new ImgApiException(ErrorCode.RemoteSource, $"the list has more than {MaxImages} images");
            }

            if (isWhole || received != PageSize)
            {
                yield break;
            }

            // The same page again: its last image is no marker, since it was never published. Then only the whole list has the rest.
            isWhole = _seen.Count == before;
        }
    }

    private List<KeyValuePair<string, string>> Page(Uuid? marker, bool isWhole)
    {
        var parameters = filters.ToList();
        if (!isWhole)
        {
            parameters.Add(new("limit", PageSize.ToString(CultureInfo.InvariantCulture)));
            if (marker is { } image)
            {
                parameters.Add(new("marker", image.ToString()));
            }
        }

        return parameters;
    }

    private async IAsyncEnumerable<JsonElement> ReadPageAsync(
        List<KeyValuePair<string, string>> parameters, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await client.GetAsync(RemoteTarget.ForImageServer(source, "/images", requestId, parameters), cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await client.RefusalAsync(response, cancellation);
        }

        await using var body = new ElementLimitStream(client, await response.Content.ReadAsStreamAsync(cancellation));
        await foreach (var element in RemoteJson.ReadArrayAsync(body, cancellation))
        {
            body.Reset();
            yield return element;
        }
    }
}
