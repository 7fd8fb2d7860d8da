using System.Globalization;
using System.Runtime.CompilerServices;
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
            await foreach (var json in ElementLimitStream.ReadArrayAsync(client, PageOf(last, isWhole), cancellation))
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

    private RemoteTarget PageOf(Uuid? marker, bool isWhole)
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

        return RemoteTarget.ForImageServer(source, "/images", requestId, parameters);
    }
}
