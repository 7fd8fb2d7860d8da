using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// The checks of arriving content, with the contract's order and messages (5.10 to 5.12). Files and icons differ in nouns and error codes; the
/// messages about files depend on their source.
/// </summary>
/// <param name="Noun">The noun in errors about the size.</param>
/// <param name="HashNoun">The noun in errors about a hash.</param>
/// <param name="Limit">Maximum size in bytes.</param>
/// <param name="WrongContent">Error code for an empty body, a wrong size or a wrong hash.</param>
/// <param name="Source">Where the content comes from.</param>
internal sealed record UploadRules(string Noun, string HashNoun, long Limit, ErrorCode WrongContent, UploadSource Source)
{
    public static UploadRules ForFile(long limit, UploadSource source = UploadSource.Client) => new("image file", "file", limit, ErrorCode.Download, source);

    public static UploadRules ForIcon { get; } = new("icon", "icon file", ImageLimits.Icon, ErrorCode.Upload, UploadSource.Client);

    /// <summary>Checks before the body is read.</summary>
    public void CheckAnnounced(long? length, ContentClaims claims)
    {
        if (length > Limit)
        {
            throw TooBig($"{Noun} size {length} (from Content-Length)");
        }

        if (length == 0)
        {
            throw Empty();
        }

        if (claims.Size > Limit)
        {
            throw TooBig($"{Noun} size {claims.Size}");
        }

        CheckSize(claims, length);
    }

    /// <summary>Detects the compression from the first bytes of a file.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> if the format is unknown; the error for an empty file if there are no bytes.</exception>
    public string DetectCompression(ReadOnlySpan<byte> head) =>
        head.IsEmpty ? throw Empty()
        : Compression.ForFormat(ContentFormats.Detect(head)) ?? throw ImgApiException.InvalidParameter(
            "compression",
            "missing \"compression\"",
            FieldError.Missing,
            $"the first bytes of the file do not tell it (must be one of {string.Join(", ", Compression.All)})");

    /// <summary>Refuses content whose declared format is wrong. See <see cref="FormatRules"/>.</summary>
    public void CheckFormat(string? mismatch)
    {
        if (mismatch is not null)
        {
            throw new ImgApiException(WrongContent, mismatch);
        }
    }

    /// <summary>Maximum number of bytes to read. The file of another server is not read beyond its announced size.</summary>
    public long LimitOf(long? length) => Source == UploadSource.ImageServer && length < Limit ? length.Value : Limit;

    /// <summary>The error for more bytes than <see cref="LimitOf"/> allows.</summary>
    public ImgApiException TooManyBytes(long? length) =>
        LimitOf(length) == Limit ? TooBig($"{Noun} size") : WrongSize(length!.Value, "more");

    /// <summary>Checks after the body has arrived.</summary>
    public void CheckReceived(ContentDigest digest, long? length, ContentClaims claims)
    {
        if (digest.Size == 0)
        {
            throw Empty();
        }

        if (length is { } announced && announced != digest.Size)
        {
            throw WrongSize(announced, $"{digest.Size}");
        }

        CheckSize(claims, digest.Size);
        if (claims.Sha1 is { } sha1 && sha1 != digest.Sha1)
        {
            throw new ImgApiException(WrongContent, Source switch
            {
                UploadSource.ImageServer => $"\"sha1\" file field, {sha1}, does not match the downloaded file sha1 hash, {digest.Sha1}",
                UploadSource.Url => $"expected sha1 hash, {sha1}, does not match the uploaded file sha1 hash, {digest.Sha1}",
                _ => $"\"sha1\" hash, {sha1}, does not match the uploaded {HashNoun} sha1 hash, {digest.Sha1}",
            });
        }

        if (claims.Md5 is { } md5 && md5 != digest.Md5)
        {
            throw new ImgApiException(
                Source == UploadSource.Client ? ErrorCode.BadDigest : WrongContent, $"Content-MD5 '{md5}' didn't match '{digest.Md5}'");
        }
    }

    private void CheckSize(ContentClaims claims, long? size)
    {
        if (claims.Size is { } claimed && size is { } actual && claimed != actual)
        {
            throw new ImgApiException(WrongContent, $"\"size\" parameter, {claimed}, does not match the size of the {Noun}, {actual}");
        }
    }

    private ImgApiException WrongSize(long announced, string received) => new(
        WrongContent,
        $"\"Content-Length\" header, {announced}, does not match {(Source == UploadSource.Client ? "uploaded" : "downloaded")} size, {received}");

    private ImgApiException TooBig(string subject) =>
        new(ErrorCode.Upload, $"{subject} exceeds the maximum allowed size, {ByteSize.Format(Limit)}");

    private ImgApiException Empty() =>
        new(WrongContent, $"{Noun} size is 0 bytes, empty {(Noun == "icon" ? "icons" : "files")} are not allowed");
}
