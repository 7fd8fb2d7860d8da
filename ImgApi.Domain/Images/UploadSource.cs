namespace ImgApi.Domain.Images;

/// <summary>Where a file comes from, which determines the messages of errors.</summary>
public enum UploadSource
{
    /// <summary>The caller (contract 5.10, form A).</summary>
    Client,

    /// <summary>Another image server (form B). Nothing is read beyond the announced size.</summary>
    ImageServer,

    /// <summary>A URL (contract 5.11).</summary>
    Url,
}
