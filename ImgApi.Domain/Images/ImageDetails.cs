using System.Text.Json;

namespace ImgApi.Domain.Images;

/// <summary>
/// The part of a manifest that create, import and update can set. Field rules (contract 3.5) are checked before an instance is created.
/// Free-form parts are kept as JSON, so that numbers and dates come back unchanged.
/// </summary>
public sealed record ImageDetails
{
    /// <summary>Version of the manifest format; 2 by default.</summary>
    public int V { get; init; } = 2;

    /// <summary>The account that owns the image.</summary>
    public Uuid Owner { get; init; }

    /// <summary>Name, for instance <c>base-64</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version of the image, for instance <c>4.5.0</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>Free text; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>http or https URL; null if there is none.</summary>
    public string? Homepage { get; init; }

    /// <summary>http or https URL of a license; null if there is none.</summary>
    public string? Eula { get; init; }

    /// <summary>Name in the old dataset API; null if there is none.</summary>
    public string? Urn { get; init; }

    /// <summary>Whether the activated image is left out of the default list.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether every account sees the image, without being in <see cref="Acl"/>.</summary>
    public bool Public { get; init; }

    /// <summary>Set by activation, or by import before it; null before either.</summary>
    public Timestamp? PublishedAt { get; init; }

    /// <summary>One of <see cref="ImageType.All"/>; null in placeholders.</summary>
    public string? Type { get; init; }

    /// <summary>One of <see cref="ImageOs.All"/>; null in placeholders.</summary>
    public string? Os { get; init; }

    /// <summary>The image that this one is based on; null if it is complete in itself.</summary>
    public Uuid? Origin { get; init; }

    /// <summary>Accounts that see the image although it is private, in the order of their addition.</summary>
    public IReadOnlyList<Uuid> Acl { get; init; } = [];

    /// <summary>Object of requirements on the machine (contract 3.7); null if none were given.</summary>
    public JsonElement? Requirements { get; init; }

    /// <summary>Array of <c>{"name": ...}</c>; null if none were given.</summary>
    public JsonElement? Users { get; init; }

    /// <summary>Tags for billing.</summary>
    public IReadOnlyList<string> BillingTags { get; init; } = [];

    /// <summary>Object of traits; null if none were given.</summary>
    public JsonElement? Traits { get; init; }

    /// <summary>Object of tags; null if none were given.</summary>
    public JsonElement? Tags { get; init; }

    /// <summary>Whether passwords are generated for <see cref="Users"/>; null means the clients' default, true.</summary>
    public bool? GeneratePasswords { get; init; }

    /// <summary>Folders that a zone inherits; null if none were given.</summary>
    public IReadOnlyList<string>? InheritedDirectories { get; init; }

    /// <summary>Network driver of a zvol.</summary>
    public string? NicDriver { get; init; }

    /// <summary>Disk driver of a zvol.</summary>
    public string? DiskDriver { get; init; }

    /// <summary>CPU type of a zvol.</summary>
    public string? CpuType { get; init; }

    /// <summary>Size of a zvol in MiB.</summary>
    public long? ImageSize { get; init; }

    /// <summary>Object with the reason of a failure; shown only in the state <c>failed</c>.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>Channels that the image is in; null on a server without channels.</summary>
    public IReadOnlyList<string>? Channels { get; init; }
}
