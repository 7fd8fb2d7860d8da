using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>
/// Images to be found by their uuids; immutable. They are spread over shards, and a write copies one shard and the list of
/// shards. Much cheaper than a tree to make of many images, which is what a start does.
/// </summary>
internal sealed class ImagesByUuid
{
    private const int UsualShard = 64;
    private const int LargeShard = 4 * UsualShard;
    private const int MaxShards = 1024;

    private readonly Shard[] _shards;

    private ImagesByUuid(Shard[] shards) => _shards = shards;

    private IEnumerable<Image> All => _shards.SelectMany(shard => shard.Images);

    /// <summary>Of several images with one uuid one counts.</summary>
    public static ImagesByUuid From(IReadOnlyCollection<Image> images)
    {
        var count = 1;
        while (count < MaxShards && count * UsualShard < images.Count)
        {
            count *= 2;
        }

        var spread = new List<Image>?[count];
        foreach (var image in images)
        {
            (spread[PlaceOf(image.Uuid, count)] ??= []).Add(image);
        }

        return new ImagesByUuid(Array.ConvertAll(spread, Shard.From));
    }

    public Image? Find(Uuid uuid)
    {
        var shard = _shards[PlaceOf(uuid, _shards.Length)];
        return shard.IndexOf(uuid) is >= 0 and var index ? shard.Images[index] : null;
    }

    /// <summary>With an image in place of the one of its uuid, if there is one.</summary>
    public ImagesByUuid With(Image image)
    {
        var changed = Replace(image.Uuid, image);
        var isCrowded = changed._shards[PlaceOf(image.Uuid, changed._shards.Length)].Images.Length > LargeShard;
        return isCrowded && changed._shards.Length < MaxShards ? From([.. changed.All]) : changed;
    }

    public ImagesByUuid Without(Uuid uuid) => Replace(uuid, null);

    /// <summary>The count of shards is a power of two.</summary>
    private static int PlaceOf(Uuid uuid, int count) => uuid.GetHashCode() & (count - 1);

    private ImagesByUuid Replace(Uuid uuid, Image? image)
    {
        Shard[] shards = [.. _shards];
        ref var shard = ref shards[PlaceOf(uuid, shards.Length)];
        var others = shard.Images.Where(other => other.Uuid != uuid);
        shard = Shard.From([.. image is null ? others : others.Append(image)]);
        return new ImagesByUuid(shards);
    }

    /// <summary>Images in the order of their uuids, which lie side by side to be searched.</summary>
    private sealed class Shard
    {
        private readonly Uuid[] _uuids;

        private Shard(Image[] images)
        {
            Images = images;
            _uuids = new Uuid[images.Length];
            for (var i = 0; i < images.Length; i++)
            {
                _uuids[i] = images[i].Uuid;
            }
        }

        public Image[] Images { get; }

        public static Shard From(List<Image>? images)
        {
            images?.Sort((left, right) => left.Uuid.CompareTo(right.Uuid));
            return new Shard(images?.ToArray() ?? []);
        }

        /// <summary>Negative if it is not there.</summary>
        public int IndexOf(Uuid uuid)
        {
            var (low, high) = (0, _uuids.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                var order = _uuids[middle].CompareTo(uuid);
                if (order == 0)
                {
                    return middle;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
            }

            return -1;
        }
    }
}
