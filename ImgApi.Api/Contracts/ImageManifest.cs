namespace ImgApi.Api.Contracts;

/// <summary>An image in answers (contract 3.1 and 3.2). Fields without a value are absent.</summary>
internal sealed record ImageManifest
{
    /// <summary>Version of the manifest format.</summary>
    public required int V { get; init; }

    /// <summary>UUID of the image.</summary>
    public required string Uuid { get; init; }

    /// <summary>UUID of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Name of the image.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the image.</summary>
    public required string Version { get; init; }

    /// <summary>unactivated, active, disabled, failed or creating.</summary>
    public required string State { get; init; }

    /// <summary>Whether the image is left out of the default list after activation.</summary>
    public required bool Disabled { get; init; }

    /// <summary>Whether all accounts see the image.</summary>
    public required bool Public { get; init; }

    /// <summary>When it was activated, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>; absent before.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>zone-dataset, zvol, lx-dataset, lxd, docker or other.</summary>
    public string? Type { get; init; }

    /// <summary>smartos, linux, windows, bsd, illumos or other.</summary>
    public string? Os { get; init; }

    /// <summary>The file, in a list of one; empty before the upload.</summary>
    public required IReadOnlyList<ImageFileEntry> Files { get; init; }

    /// <summary>UUIDs of the accounts that see the private image; absent if there are none.</summary>
    public IReadOnlyList<string>? Acl { get; init; }

    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>URL of the homepage.</summary>
    public string? Homepage { get; init; }

    /// <summary>URL of the license.</summary>
    public string? Eula { get; init; }

    /// <summary>true if there is an icon; never false.</summary>
    public bool? Icon { get; init; }

    /// <summary>Name in the old dataset API.</summary>
    public string? Urn { get; init; }

    /// <summary>Requirements of the image for the machine.</summary>
    public JsonElement? Requirements { get; init; }

    /// <summary>Users of the image that have passwords.</summary>
    public JsonElement? Users { get; init; }

    /// <summary>Whether passwords are generated for the users; absent means true.</summary>
    public bool? GeneratePasswords { get; init; }

    /// <summary>Folders that a zone inherits.</summary>
    public IReadOnlyList<string>? InheritedDirectories { get; init; }

    /// <summary>UUID of the origin, which this image is an increment of.</summary>
    public string? Origin { get; init; }

    /// <summary>Network driver of a zvol.</summary>
    public string? NicDriver { get; init; }

    /// <summary>Disk driver of a zvol.</summary>
    public string? DiskDriver { get; init; }

    /// <summary>CPU type of a zvol.</summary>
    public string? CpuType { get; init; }

    /// <summary>Size of a zvol in MiB.</summary>
    public long? ImageSize { get; init; }

    /// <summary>Tags, as the caller sent them.</summary>
    public JsonElement? Tags { get; init; }

    /// <summary>Tags for billing.</summary>
    public IReadOnlyList<string>? BillingTags { get; init; }

    /// <summary>Traits, as the caller sent them.</summary>
    public JsonElement? Traits { get; init; }

    /// <summary>Why the image failed; only in state failed.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>Channels; only with channels configured, and for API version 2.</summary>
    public IReadOnlyList<string>? Channels { get; init; }
}

/// <summary>The file of an image.</summary>
internal sealed record ImageFileEntry
{
    /// <summary>Lower-case hex SHA-1 of the file.</summary>
    public required string Sha1 { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>gzip, bzip2, xz or none.</summary>
    public required string Compression { get; init; }

    /// <summary>GUID of the ZFS snapshot.</summary>
    public string? DatasetGuid { get; init; }

    /// <summary>Storage that holds the file; only with inclAdminFields.</summary>
    public string? Stor { get; init; }
}
