namespace ImgApi.Domain.Images;

/// <summary>The sizes that a manifest and its content may have (contract 3.5, 5.10, 5.12).</summary>
public static class ImageLimits
{
    /// <summary>Characters of <c>name</c>.</summary>
    public const int Name = 1024;

    /// <summary>Characters of <c>version</c>.</summary>
    public const int Version = 512;

    /// <summary>Characters of <c>description</c>.</summary>
    public const int Description = 10240;

    /// <summary>Characters of <c>homepage</c> and of <c>eula</c>.</summary>
    public const int Url = 1024;

    /// <summary>Characters of one billing tag.</summary>
    public const int BillingTag = 128;

    /// <summary>Characters of the compact JSON text of <c>tags</c>, and of <c>billing_tags</c> and <c>traits</c>.</summary>
    public const int Tags = 102400;

    /// <summary>Characters of a tag's value that searches can find; longer values are found by key only (contract 3.11).</summary>
    public const int SearchableTagValue = 100;

    /// <summary>Accounts in <c>acl</c>: more would make every answer with the image, and every change of it, slow.</summary>
    public const int Acl = 10_000;

    /// <summary>Bytes of an icon.</summary>
    public const long Icon = 128 * 1024;

    /// <summary>Bytes of an image file, unless the configuration says otherwise.</summary>
    public const long DefaultFile = 20L * 1024 * 1024 * 1024;
}
