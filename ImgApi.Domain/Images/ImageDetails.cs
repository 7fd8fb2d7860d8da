using System.Text.Json;

namespace ImgApi.Domain.Images;

/// <summary>
/// The part of a manifest that create, import and update can set. Field rules (contract 3.5) are checked before an instance is created.
/// Free-form parts are kept as JSON, so that numbers and dates come back unchanged. Null means that the manifest lacks the field.
/// <c>ManifestSchema</c> says what each field means.
/// </summary>
public sealed record ImageDetails
{
    public int V { get; init; } = 2;
    public Uuid Owner { get; init; }
    public string Name { get; init; } = "";
    public string Version { get; init; } = "";
    public string? Description { get; init; }
    public string? Homepage { get; init; }
    public string? Eula { get; init; }
    public string? Urn { get; init; }
    public bool Disabled { get; init; }
    public bool Public { get; init; }

    /// <summary>Set by activation, or by import before it.</summary>
    public Timestamp? PublishedAt { get; init; }

    /// <summary>One of <see cref="ImageType.All"/>; null in placeholders, as is <see cref="Os"/>.</summary>
    public string? Type { get; init; }

    public string? Os { get; init; }

    /// <summary>The image that this one is based on; null if it is complete in itself.</summary>
    public Uuid? Origin { get; init; }

    /// <summary>In the order of their addition.</summary>
    public IReadOnlyList<Uuid> Acl { get; init; } = [];

    public JsonElement? Requirements { get; init; }
    public JsonElement? Users { get; init; }
    public IReadOnlyList<string> BillingTags { get; init; } = [];
    public JsonElement? Traits { get; init; }
    public JsonElement? Tags { get; init; }

    /// <summary>Null means the clients' default, true.</summary>
    public bool? GeneratePasswords { get; init; }

    public IReadOnlyList<string>? InheritedDirectories { get; init; }
    public string? NicDriver { get; init; }
    public string? DiskDriver { get; init; }
    public string? CpuType { get; init; }

    /// <summary>Size of a zvol in MiB.</summary>
    public long? ImageSize { get; init; }

    /// <summary>The reason of a failure; shown only in the state <c>failed</c>.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>Null on a server without channels.</summary>
    public IReadOnlyList<string>? Channels { get; init; }
}
