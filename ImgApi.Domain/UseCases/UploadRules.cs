using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>The checks of arriving content, with the contract's order and messages (5.10 to 5.12).</summary>
/// <param name="HashNoun">The noun in errors about a hash; others have <paramref name="Noun"/>.</param>
/// <param name="WrongContent">Error code for an empty body, a wrong size or a wrong hash.</param>
internal sealed record UploadRules(string Noun, string HashNoun, long Limit, ErrorCode WrongContent, UploadSource Source)
{
    /// <summary>Where the sender named the MD5.</summary>
    public string Md5Name { get; init; } = "Content-MD5";

    public static UploadRules ForFile(long limit, UploadSource source = UploadSource.Client) =>
        new("image file", "file", limit, ErrorCode.Download, source);

    public static UploadRules ForIcon { get; } = new("icon", "icon file", ImageLimits.Icon, ErrorCode.Upload, UploadSource.Client);

    /// <summary>Checks before the body is read.</summary>
    public void CheckAnnounced(long? length, ContentClaims claims) => ThrowIfAny(
        length > Limit ? TooBig($"{Noun} size {length} (from Content-Length)")
        : length == 0 ? Empty()
        : claims.Size > Limit ? TooBig($"{Noun} size {claims.Size}")
        : WrongClaimedSize(claims, length));

    /// <exception cref="ImgApiException"><c>InvalidParameter</c> if the format is unknown; see <see cref="Empty"/>.</exception>
    public string DetectCompression(ReadOnlySpan<byte> head) =>
        head.IsEmpty ? throw Empty()
        : Compression.ForFormat(ContentFormats.Detect(head)) ?? throw ImgApiException.InvalidParameter(
            "compression", "missing \"compression\"", FieldError.Missing,
            $"the first bytes of the file do not tell it (must be one of {string.Join(", ", Compression.All)})");

    /// <summary>See <see cref="FormatRules"/>.</summary>
    public void CheckFormat(string? mismatch) => ThrowIfAny(mismatch is null ? null : new ImgApiException(WrongContent, mismatch));

    /// <summary>Refuses more bytes than allowed. The file of another server is not read beyond its announced size.</summary>
    public void CheckSoFar(long size, long? length) => ThrowIfAny(
        Source == UploadSource.ImageServer && length < Limit && size > length ? WrongSize(length.Value, "more")
        : size > Limit ? TooBig($"{Noun} size")
        : null);

    /// <summary>Checks after the body has arrived.</summary>
    public void CheckReceived(ContentDigest digest, long? length, ContentClaims claims) => ThrowIfAny(
        digest.Size == 0 ? Empty()
        : length is { } announced && announced != digest.Size ? WrongSize(announced, $"{digest.Size}")
        : WrongClaimedSize(claims, digest.Size) ?? WrongSha1(claims.Sha1, digest.Sha1) ?? WrongMd5(claims.Md5, digest.Md5));

    private static void ThrowIfAny(ImgApiException? refusal)
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private ImgApiException? WrongClaimedSize(ContentClaims claims, long? size) => claims.Size is null || size is null || claims.Size == size
        ? null
        : new(WrongContent, $"\"size\" parameter, {claims.Size}, does not match the size of the {Noun}, {size}");

    private ImgApiException? WrongSha1(string? claimed, string actual) => claimed is null || claimed == actual ? null : new(
        WrongContent, Source switch
        {
            UploadSource.ImageServer => $"\"sha1\" file field, {claimed}, does not match the downloaded file sha1 hash, {actual}",
            UploadSource.Url => $"expected sha1 hash, {claimed}, does not match the uploaded file sha1 hash, {actual}",
            _ => $"\"sha1\" hash, {claimed}, does not match the uploaded {HashNoun} sha1 hash, {actual}",
        });

    private ImgApiException? WrongMd5(string? claimed, string actual) => claimed is null || claimed == actual
        ? null
        : new(Source == UploadSource.Client ? ErrorCode.BadDigest : WrongContent, $"{Md5Name} '{claimed}' didn't match '{actual}'");

    private ImgApiException WrongSize(long announced, string received) => new(
        WrongContent,
        $"\"Content-Length\" header, {announced}, does not match {(Source == UploadSource.Client ? "uploaded" : "downloaded")} size, {received}");

    private ImgApiException TooBig(string subject) => new(ErrorCode.Upload, $"{subject} exceeds the maximum allowed size, {ByteSize.Format(Limit)}");

    private ImgApiException Empty() => new(WrongContent, $"{Noun} size is 0 bytes, empty {(Noun == "icon" ? "icons" : "files")} are not allowed");
}
