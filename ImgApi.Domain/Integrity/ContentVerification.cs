using System.Security.Cryptography;

namespace ImgApi.Domain.Integrity;

/// <summary>Reads stored content and compares it with the image's manifest: presence, size, SHA-1 and MD5.</summary>
public sealed class ContentVerification(IImageFinder images, IContentSource contents, TimeProvider clock)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Limits the speed: called with the number of bytes after each read, it waits as long as necessary.</summary>
    public delegate ValueTask Pace(int bytes, CancellationToken cancellation);

    /// <summary>The word for content of this kind in messages.</summary>
    public static string Noun(ContentKind kind) => kind == ContentKind.Icon ? "icon" : "file";

    /// <summary>The contents that the manifest names, each with its damage, or null if it is intact.</summary>
    public async Task<IReadOnlyList<(ContentKey Content, Damage? Damage)>> VerifyAsync(Image image, Pace pace, CancellationToken cancellation)
    {
        var found = new List<(ContentKey, Damage?)>();
        foreach (var expected in ContentsOf(image))
        {
            var damage = await FindDamageAsync(image.Uuid, expected, pace, cancellation);
            // Content that was replaced or deleted while it was read does not matter any more.
            if (damage is null || (await images.FindAsync(image.Uuid, cancellation) is { } now
                && ContentsOf(now).Any(content => content.Key == expected.Key)))
            {
                found.Add((expected.Key, damage));
            }
        }

        return found;
    }

    private static IEnumerable<Expected> ContentsOf(Image image)
    {
        if (image.File is { Content: { } file })
        {
            yield return new Expected(file, Noun(ContentKind.File), image.File.Size, image.File.Sha1, image.File.Md5);
        }

        if (image.Icon is { } icon)
        {
            yield return new Expected(icon.Content, Noun(ContentKind.Icon), icon.Size, icon.Sha1, icon.Md5);
        }
    }

    private async Task<Damage?> FindDamageAsync(Uuid image, Expected expected, Pace pace, CancellationToken cancellation)
    {
        try
        {
            using var reader = await contents.OpenAsync(image, expected.Key, cancellation);
            var wrong = reader is null ? Damage.MissingReason(expected.Noun)
                : reader.Length != expected.Size ? $"the {expected.Noun} has {reader.Length} bytes, not the {expected.Size} of the manifest"
                : await HashComplaintAsync(reader, expected, pace, cancellation);
            return wrong is null ? null : Found(wrong, isUnreadable: reader is null);
        }
        catch (ImgApiException unreadable)
        {
            return Found($"the {expected.Noun} cannot be read: {unreadable.InnerException?.Message ?? unreadable.Message}", isUnreadable: true);
        }

        Damage Found(string reason, bool isUnreadable) => new(image, expected.Key, reason, clock.GetUtcNow(), isUnreadable);
    }

    private static async Task<string?> HashComplaintAsync(IContentReader reader, Expected expected, Pace pace, CancellationToken cancellation)
    {
#pragma warning disable CA5350, CA5351 // The hashes of manifests; they detect damage, not attacks.
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351
        var buffer = new byte[BufferSize];
        for (long offset = 0; await reader.ReadAsync(buffer, offset, cancellation) is var count and > 0; offset += count)
        {
            sha1.AppendData(buffer, 0, count);
            md5.AppendData(buffer, 0, count);
            await pace(count, cancellation);
        }

        var (sha1Text, md5Text) = (Convert.ToHexStringLower(sha1.GetHashAndReset()), Convert.ToBase64String(md5.GetHashAndReset()));
        return expected.Sha1 is not null && expected.Sha1 != sha1Text
            ? $"the {expected.Noun} has the sha1 {sha1Text}, not the {expected.Sha1} of the manifest"
            : expected.Md5 is not null && expected.Md5 != md5Text ? $"the {expected.Noun} has the MD5 {md5Text}, not the {expected.Md5} of its upload"
            : null;
    }

    /// <summary>What the manifest says about a content; null where it says nothing.</summary>
    private sealed record Expected(ContentKey Key, string Noun, long Size, string? Sha1, string? Md5);
}
