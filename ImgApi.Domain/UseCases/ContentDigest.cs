namespace ImgApi.Domain.UseCases;

/// <summary>What was found out about content while it arrived.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha1">Lower-case hex SHA-1.</param>
/// <param name="Md5">Base64 MD5.</param>
internal sealed record ContentDigest(long Size, string Sha1, string Md5);
