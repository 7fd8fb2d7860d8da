namespace ImgApi.Api.Binding;

/// <summary>What <c>Upload-Metadata</c> says about the file: the parameters that PUT has in its query and its <c>Content-MD5</c> header.</summary>
internal static class UploadMetadata
{
    /// <summary>Reads the known keys.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>; <c>BadDigest</c> for text that is not an MD5.</exception>
    public static FileDescription Read(IReadOnlyDictionary<string, string> values, ImageScope scope)
    {
        Parameters.CheckStorage(values.GetValueOrDefault("storage"), scope);
        var claims = UploadClaims.Of(new UploadParameters { Sha1 = values.GetValueOrDefault("sha1"), Size = values.GetValueOrDefault("size") });
        return new FileDescription(
            Parameters.FileCompression(values.GetValueOrDefault("compression")),
            claims with { Md5 = UploadClaims.Md5("md5", values.GetValueOrDefault("md5", "")) },
            Parameters.Given(values.GetValueOrDefault("dataset_guid")))
        {
            IsForced = Parameters.Force(values.GetValueOrDefault("force")),
        };
    }
}
