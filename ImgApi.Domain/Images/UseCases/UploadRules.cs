using ImgApi.Domain.Errors;

namespace ImgApi.Domain.Images.UseCases;

/// <summary>
/// The checks on arriving content, in the contract's order and words (5.10, 5.12). Files and icons differ in their nouns
/// and in the code that wrong content gets.
/// </summary>
/// <param name="Noun">What is being sent, as size errors call it.</param>
/// <param name="HashNoun">What is being sent, as hash errors call it.</param>
/// <param name="Limit">Bytes that are allowed.</param>
/// <param name="WrongContent">The code for an empty body, a wrong size or a wrong hash.</param>
internal sealed record UploadRules(string Noun, string HashNoun, long Limit, ErrorCode WrongContent)
{
    public static UploadRules ForFile(long limit) => new("image file", "file", limit, ErrorCode.Download);

    public static UploadRules ForIcon { get; } = new("icon", "icon file", ImageLimits.Icon, ErrorCode.Upload);

    /// <summary>What can be refused before the body is read.</summary>
    public void CheckAnnounced(long? length)
    {
        if (length > Limit)
        {
            throw TooBig($"{Noun} size {length} (from Content-Length)");
        }

        if (length == 0)
        {
            throw Empty();
        }
    }

    public ImgApiException TooBig() => TooBig($"{Noun} size");

    /// <summary>What is known only when the body has arrived.</summary>
    public void CheckReceived(ContentDigest digest, long? length, string? sha1)
    {
        if (digest.Size == 0)
        {
            throw Empty();
        }

        if (length is { } announced && announced != digest.Size)
        {
            throw new ImgApiException(WrongContent, $"\"Content-Length\" header, {announced}, does not match uploaded size, {digest.Size}");
        }

        if (sha1 is not null && sha1 != digest.Sha1)
        {
            throw new ImgApiException(
                WrongContent, $"\"sha1\" hash, {sha1}, does not match the uploaded {HashNoun} sha1 hash, {digest.Sha1}");
        }
    }

    private ImgApiException TooBig(string subject) =>
        new(ErrorCode.Upload, $"{subject} exceeds the maximum allowed size, {ByteSize.Format(Limit)}");

    private ImgApiException Empty() =>
        new(WrongContent, $"{Noun} size is 0 bytes, empty {(Noun == "icon" ? "icons" : "files")} are not allowed");
}
