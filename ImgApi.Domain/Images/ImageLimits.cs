namespace ImgApi.Domain.Images;

/// <summary>Maximum sizes of a manifest and its content (contract 3.5, 5.10, 5.12).</summary>
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

    /// <summary>Characters of a tag value that queries can match; longer values match by key only (contract 3.11).</summary>
    public const int SearchableTagValue = 100;

    /// <summary>Accounts in <c>acl</c>: more would slow down every response with the image and every change of it.</summary>
    public const int Acl = 10_000;

    /// <summary>Bytes of an icon.</summary>
    public const long Icon = 128 * 1024;

    /// <summary>Bytes of an image file, by default.</summary>
    public const long DefaultFile = 20L * 1024 * 1024 * 1024;
}
