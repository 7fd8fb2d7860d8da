namespace ImgApi.Api.Contracts;

/// <summary>The query of ListImages (contract section 6). Images must meet all conditions.</summary>
internal sealed class ListImagesParameters : QueryParameters
{
    /// <summary>active (default), disabled, unactivated, creating, failed or all; without credentials only active images are shown.</summary>
    [OneOf(typeof(ImageState), nameof(ImageState.All), "all")]
    public string? State { get; set; }

    /// <summary>Exact name, or ~ and a substring. Case-sensitive.</summary>
    public string? Name { get; set; }

    /// <summary>Exact version, or ~ and a substring. Case-sensitive.</summary>
    public string? Version { get; set; }

    /// <summary>Exact os.</summary>
    public string? Os { get; set; }

    /// <summary>Exact type, or ! and a type to leave out.</summary>
    public string? Type { get; set; }

    /// <summary>UUID of the owner.</summary>
    public string? Owner { get; set; }

    /// <summary>true for public images only, false for private ones.</summary>
    [OneOf("true", "false")]
    public string? Public { get; set; }

    /// <summary>A billing tag; repeat it to require several.</summary>
    public string[] BillingTag { get; set; } = [];

    /// <summary>UUID of the account on whose behalf the images are listed.</summary>
    public string? Account { get; set; }

    /// <summary>Name of the channel, * for all; without it the server's default channel. Only with channels configured.</summary>
    public string? Channel { get; set; }

    /// <summary>published_at, published_at.asc (default) or published_at.desc.</summary>
    [OneOf("published_at", "published_at.asc", "published_at.desc")]
    public string? Sort { get; set; }

    /// <summary>Maximum number of images; 0 for all.</summary>
    public string? Limit { get; set; }

    /// <summary>Where to begin: the UUID of an image, which is included, or a date.</summary>
    public string? Marker { get; set; }

    /// <summary>true adds files[].stor; needs credentials.</summary>
    [FromQuery(Name = "inclAdminFields"), OneOf("true", "false")]
    public string? InclAdminFields { get; set; }
}
