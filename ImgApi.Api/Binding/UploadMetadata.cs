namespace ImgApi.Api.Binding;

/// <summary>The parameters of an upload that <c>Upload-Metadata</c> carries: those that PUT has in its query and its <c>Content-MD5</c> header.</summary>
internal static class UploadMetadata
{
    /// <summary>Reads the known keys.</summary>
    public static ResumableUploadParameters Read(IReadOnlyDictionary<string, string> values) => new()
    {
        Sha1 = values.GetValueOrDefault("sha1"),
        Md5 = values.GetValueOrDefault("md5"),
        Size = values.GetValueOrDefault("size"),
        Storage = values.GetValueOrDefault("storage"),
        Compression = values.GetValueOrDefault("compression"),
        DatasetGuid = values.GetValueOrDefault("dataset_guid"),
        Force = values.GetValueOrDefault("force"),
    };

    /// <exception cref="ImgApiException"><c>InvalidParameter</c>; <c>BadDigest</c> for text that is not an MD5.</exception>
    public static FileDescription Describe(ResumableUploadParameters parameters)
    {
        var claims = UploadClaims.Of(parameters) with { Md5 = UploadClaims.Md5("md5", parameters.Md5 ?? "") };
        return new FileDescription(Parameters.FileCompression(parameters.Compression), claims, Parameters.Given(parameters.DatasetGuid))
        {
            IsForced = Parameters.Force(parameters.Force),
        };
    }
}
