using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>An image as answers show it; what is not set is absent (contract 3.1 and 3.2).</summary>
public sealed record ImageManifest
{
    /// <summary>Version of the manifest format.</summary>
    [JsonPropertyName("v")]
    public required int V { get; init; }

    /// <summary>The image's identity.</summary>
    [JsonPropertyName("uuid")]
    public required string Uuid { get; init; }

    /// <summary>UUID of the owner.</summary>
    [JsonPropertyName("owner")]
    public required string Owner { get; init; }

    /// <summary>Name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Version of the image.</summary>
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    /// <summary>unactivated, active, disabled, failed or creating.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary>Whether the image is off the default list once activated.</summary>
    [JsonPropertyName("disabled")]
    public required bool Disabled { get; init; }

    /// <summary>Whether every account sees it.</summary>
    [JsonPropertyName("public")]
    public required bool Public { get; init; }

    /// <summary>When it was activated, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>; absent before.</summary>
    [JsonPropertyName("published_at")]
    public string? PublishedAt { get; init; }

    /// <summary>zone-dataset, zvol, lx-dataset, lxd, docker or other.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>smartos, linux, windows, bsd, illumos or other.</summary>
    [JsonPropertyName("os")]
    public string? Os { get; init; }

    /// <summary>The file, in a list of one; empty before the upload.</summary>
    [JsonPropertyName("files")]
    public required IReadOnlyList<ImageFileEntry> Files { get; init; }

    /// <summary>UUIDs of the accounts that see the image although it is private; absent if there are none.</summary>
    [JsonPropertyName("acl")]
    public IReadOnlyList<string>? Acl { get; init; }

    /// <summary>Free text.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>URL.</summary>
    [JsonPropertyName("homepage")]
    public string? Homepage { get; init; }

    /// <summary>URL of the licence.</summary>
    [JsonPropertyName("eula")]
    public string? Eula { get; init; }

    /// <summary>true if there is an icon; never false.</summary>
    [JsonPropertyName("icon")]
    public bool? Icon { get; init; }

    /// <summary>Name in the old dataset API.</summary>
    [JsonPropertyName("urn")]
    public string? Urn { get; init; }

    /// <summary>What the image demands of the machine.</summary>
    [JsonPropertyName("requirements")]
    public JsonElement? Requirements { get; init; }

    /// <summary>Users that the image has passwords for.</summary>
    [JsonPropertyName("users")]
    public JsonElement? Users { get; init; }

    /// <summary>Whether passwords are generated for the users; readers take absent as true.</summary>
    [JsonPropertyName("generate_passwords")]
    public bool? GeneratePasswords { get; init; }

    /// <summary>Folders that a zone inherits.</summary>
    [JsonPropertyName("inherited_directories")]
    public IReadOnlyList<string>? InheritedDirectories { get; init; }

    /// <summary>UUID of the image that this one is an increment of.</summary>
    [JsonPropertyName("origin")]
    public string? Origin { get; init; }

    /// <summary>Network driver of a zvol.</summary>
    [JsonPropertyName("nic_driver")]
    public string? NicDriver { get; init; }

    /// <summary>Disk driver of a zvol.</summary>
    [JsonPropertyName("disk_driver")]
    public string? DiskDriver { get; init; }

    /// <summary>CPU type of a zvol.</summary>
    [JsonPropertyName("cpu_type")]
    public string? CpuType { get; init; }

    /// <summary>Size of a zvol in MiB.</summary>
    [JsonPropertyName("image_size")]
    public long? ImageSize { get; init; }

    /// <summary>Tags, as they were given.</summary>
    [JsonPropertyName("tags")]
    public JsonElement? Tags { get; init; }

    /// <summary>Tags for billing.</summary>
    [JsonPropertyName("billing_tags")]
    public IReadOnlyList<string>? BillingTags { get; init; }

    /// <summary>Traits, as they were given.</summary>
    [JsonPropertyName("traits")]
    public JsonElement? Traits { get; init; }

    /// <summary>Why the image failed; only in state failed.</summary>
    [JsonPropertyName("error")]
    public JsonElement? Error { get; init; }

    /// <summary>Channels; only with channels configured, and for API version 2.</summary>
    [JsonPropertyName("channels")]
    public IReadOnlyList<string>? Channels { get; init; }
}

/// <summary>The file of an image.</summary>
public sealed record ImageFileEntry
{
    /// <summary>Lower-case hex SHA-1 of the file.</summary>
    [JsonPropertyName("sha1")]
    public required string Sha1 { get; init; }

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")]
    public required long Size { get; init; }

    /// <summary>gzip, bzip2, xz or none.</summary>
    [JsonPropertyName("compression")]
    public required string Compression { get; init; }

    /// <summary>GUID of the ZFS snapshot.</summary>
    [JsonPropertyName("dataset_guid")]
    public string? DatasetGuid { get; init; }

    /// <summary>Storage that holds it; only with inclAdminFields.</summary>
    [JsonPropertyName("stor")]
    public string? Stor { get; init; }
}
