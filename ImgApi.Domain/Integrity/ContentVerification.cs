using System.Security.Cryptography;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Integrity;

/// <summary>Re-reads stored content and compares it with what its image's manifest says: presence, size, SHA-1 and MD5.</summary>
public sealed class ContentVerification(IImageFinder images, IContentSource contents, TimeProvider clock)
{
    private const int PieceSize = 256 * 1024;

    /// <summary>Waits as long as the pace demands after so many bytes.</summary>
    /// <param name="bytes">Bytes that were just read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public delegate ValueTask Pace(int bytes, CancellationToken cancellation);

    /// <summary>What damages call a content of that kind.</summary>
    public static string Noun(ContentKind kind) => kind == ContentKind.Icon ? "icon" : "file";

    /// <summary>Verifies the file and the icon of an image.</summary>
    /// <returns>The contents that the manifest names, each with what is wrong with it, or null if nothing is.</returns>
    public async Task<IReadOnlyList<(ContentKey Content, Damage? Damage)>> VerifyAsync(Image image, Pace pace, CancellationToken cancellation)
    {
        var found = new List<(ContentKey, Damage?)>();
        if (image.File is { Content: { } file })
        {
            await AddAsync(file, new Facts(Noun(ContentKind.File), image.File.Size, image.File.Sha1, image.File.Md5), now => now.File?.Content == file);
        }

        if (image.Icon is { } icon)
        {
            await AddAsync(icon.Content, new Facts(Noun(ContentKind.Icon), icon.Size, icon.Sha1, icon.Md5), now => now.Icon?.Content == icon.Content);
        }

        return found;

        async Task AddAsync(ContentKey content, Facts facts, Func<Image, bool> isCurrent)
        {
            var complaint = await ComplaintAsync(image.Uuid, content, facts, pace, cancellation);
            // Content that was replaced or deleted while it was read is nobody's any more.
            if (complaint is null || (await images.FindAsync(image.Uuid, cancellation) is { } now && isCurrent(now)))
            {
                found.Add((content, complaint is null ? null : complaint.Of(image.Uuid, content, clock.GetUtcNow())));
            }
        }
    }

    private async Task<Complaint?> ComplaintAsync(Uuid image, ContentKey content, Facts facts, Pace pace, CancellationToken cancellation)
    {
        try
        {
            using var reader = await contents.OpenAsync(image, content, cancellation);
            var wrong = reader is null ? Damage.IsMissing(facts.Noun)
                : reader.Length != facts.Size ? $"the {facts.Noun} has {reader.Length} bytes, not the {facts.Size} of the manifest"
                : await HashComplaintAsync(reader, facts, pace, cancellation);
            return wrong is null ? null : new Complaint(wrong, MayPass: reader is null);
        }
        catch (ImgApiException unreadable)
        {
            return new Complaint($"the {facts.Noun} cannot be read: {unreadable.InnerException?.Message ?? unreadable.Message}", MayPass: true);
        }
    }

    private static async Task<string?> HashComplaintAsync(IContentReader reader, Facts facts, Pace pace, CancellationToken cancellation)
    {
#pragma warning disable CA5350, CA5351 // What the manifest has; they find damage, not attackers.
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351
        var piece = new byte[PieceSize];
        for (long offset = 0; await reader.ReadAsync(piece, offset, cancellation) is var count and > 0; offset += count)
        {
            sha1.AppendData(piece, 0, count);
            md5.AppendData(piece, 0, count);
            await pace(count, cancellation);
        }

        var (isSha1, isMd5) = (Convert.ToHexStringLower(sha1.GetHashAndReset()), Convert.ToBase64String(md5.GetHashAndReset()));
        return facts.Sha1 is not null && facts.Sha1 != isSha1 ? $"the {facts.Noun} has the sha1 {isSha1}, not the {facts.Sha1} of the manifest"
            : facts.Md5 is not null && facts.Md5 != isMd5 ? $"the {facts.Noun} has the MD5 {isMd5}, not the {facts.Md5} of its upload"
            : null;
    }

    private sealed record Complaint(string Reason, bool MayPass)
    {
        public Damage Of(Uuid image, ContentKey content, DateTimeOffset at) => new(image, content, Reason, at, MayPass);
    }

    /// <summary>What a content must be; null for what nobody wrote down.</summary>
    private sealed record Facts(string Noun, long Size, string? Sha1, string? Md5);
}
