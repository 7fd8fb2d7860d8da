using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// The checks on arriving content, in the contract's order and words (5.10 to 5.12). Files and icons differ in their nouns
/// and in the code that wrong content gets; files differ in their words by the way in which they come.
/// </summary>
/// <param name="Noun">What is being sent, as size errors call it.</param>
/// <param name="HashNoun">What is being sent, as hash errors call it.</param>
/// <param name="Limit">Bytes that are allowed.</param>
/// <param name="WrongContent">The code for an empty body, a wrong size or a wrong hash.</param>
/// <param name="Way">How it comes.</param>
internal sealed record UploadRules(string Noun, string HashNoun, long Limit, ErrorCode WrongContent, FileWay Way)
{
    public static UploadRules ForFile(long limit, FileWay way = FileWay.Upload) => new("image file", "file", limit, ErrorCode.Download, way);

    public static UploadRules ForIcon { get; } = new("icon", "icon file", ImageLimits.Icon, ErrorCode.Upload, FileWay.Upload);

    /// <summary>What can be refused before the body is read.</summary>
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

    /// <summary>The compression that the first bytes of a file tell.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> if they tell none; as for an empty file if there are none.</exception>
    public string CompressionOf(ReadOnlySpan<byte> head) =>
        head.IsEmpty ? throw Empty()
        : Compression.Of(ContentFormats.Of(head)) ?? throw ImgApiException.InvalidParameter(
            "compression",
            "missing \"compression\"",
            FieldError.Missing,
            $"the first bytes of the file do not tell it (must be one of {string.Join(", ", Compression.All)})");

    /// <summary>Refuses bytes of one known format that are declared as another, whatever else the server accepts.</summary>
    /// <param name="contradiction">What is wrong, in a sentence; null if nothing is.</param>
    public void CheckFormat(string? contradiction)
    {
        if (contradiction is not null)
        {
            throw new ImgApiException(WrongContent, contradiction);
        }
    }

    /// <summary>Bytes that may come at most. Another server's file is not read beyond the size that it was said to have.</summary>
    public long LimitOf(long? length) => Way == FileWay.Source && length < Limit ? length.Value : Limit;

    /// <summary>More came than <see cref="LimitOf"/> allows.</summary>
    public ImgApiException TooMuch(long? length) =>
        LimitOf(length) == Limit ? TooBig($"{Noun} size") : WrongSize(length!.Value, "more");

    /// <summary>What is known only when the body has arrived.</summary>
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
            throw new ImgApiException(WrongContent, Way switch
            {
                FileWay.Source => $"\"sha1\" file field, {sha1}, does not match the downloaded file sha1 hash, {digest.Sha1}",
                FileWay.Url => $"expected sha1 hash, {sha1}, does not match the uploaded file sha1 hash, {digest.Sha1}",
                _ => $"\"sha1\" hash, {sha1}, does not match the uploaded {HashNoun} sha1 hash, {digest.Sha1}",
            });
        }

        if (claims.Md5 is { } md5 && md5 != digest.Md5)
        {
            throw new ImgApiException(
                Way == FileWay.Upload ? ErrorCode.BadDigest : WrongContent, $"Content-MD5 '{md5}' didn't match '{digest.Md5}'");
        }
    }

    private void CheckSize(ContentClaims claims, long? size)
    {
        if (claims.Size is { } claimed && size is { } real && claimed != real)
        {
            throw new ImgApiException(WrongContent, $"\"size\" parameter, {claimed}, does not match the size of the {Noun}, {real}");
        }
    }

    private ImgApiException WrongSize(long announced, string received) => new(
        WrongContent,
        $"\"Content-Length\" header, {announced}, does not match {(Way == FileWay.Upload ? "uploaded" : "downloaded")} size, {received}");

    private ImgApiException TooBig(string subject) =>
        new(ErrorCode.Upload, $"{subject} exceeds the maximum allowed size, {ByteSize.Format(Limit)}");

    private ImgApiException Empty() =>
        new(WrongContent, $"{Noun} size is 0 bytes, empty {(Noun == "icon" ? "icons" : "files")} are not allowed");
}
