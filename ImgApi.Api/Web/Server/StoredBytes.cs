namespace ImgApi.Api.Web.Server;

/// <summary>The bytes of image files, in all and by the name of the image.</summary>
/// <param name="Names">The names with the most bytes first.</param>
internal sealed record StoredBytes(long Total, IReadOnlyList<StoredName> Names, int OtherNames, long OtherBytes)
{
    private const int MaxNames = 12;

    public static StoredBytes Of(IEnumerable<Image> images)
    {
        var names = images.GroupBy(image => image.Details.Name, StringComparer.Ordinal)
            .Select(group => new StoredName(group.Key, group.Count(), group.Sum(image => image.File?.Size ?? 0)))
            .Where(name => name.Bytes > 0)
            .OrderByDescending(name => name.Bytes).ThenBy(name => name.Name, StringComparer.Ordinal).ToArray();
        var others = names.Skip(MaxNames).ToArray();
        return new StoredBytes(names.Sum(name => name.Bytes), [.. names.Take(MaxNames)], others.Length, others.Sum(name => name.Bytes));
    }
}

/// <summary>The bytes of the images of one name.</summary>
internal sealed record StoredName(string Name, int Images, long Bytes);
