namespace ImgApi.Domain.Images;

/// <summary>Maximum sizes of a manifest in characters and of its content in bytes (contract 3.5, 5.10, 5.12).</summary>
public static class ImageLimits
{
    public const int Name = 1024;
    public const int Version = 512;
    public const int Description = 10240;
    public const int BillingTag = 128;

    /// <summary>For <c>homepage</c> and <c>eula</c>.</summary>
    public const int Url = 1024;

    /// <summary>For the compact JSON text of <c>tags</c>, of <c>billing_tags</c> and of <c>traits</c>.</summary>
    public const int Tags = 102400;

    /// <summary>For a tag value that queries can match; longer values match by key only (contract 3.11).</summary>
    public const int SearchableTagValue = 100;

    /// <summary>Accounts in <c>acl</c>: more would slow down every response with the image and every change of it.</summary>
    public const int Acl = 10_000;

    public const long Icon = 128 * 1024;

    /// <summary>For an image file, unless configured.</summary>
    public const long DefaultFile = 20L * 1024 * 1024 * 1024;
}
