using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Manifests;

/// <summary>Manifests of the old dataset API, which have <c>creator_uuid</c> and no <c>v</c> (contract 3.9).</summary>
internal static partial class OldManifest
{
    private static readonly string[] DroppedKeys =
    [
        "creator_uuid", "creator_name", "creator_admin", "vendor_uuid", "cloud_name", "restricted_to_uuid", "owner_uuid",
        "platform_type", "created_at", "updated_at", "_url",
    ];

    /// <summary>Converts an old manifest to the current format. Throws <c>ValidationFailed</c> for a manifest in neither format.</summary>
    public static void Upgrade(ManifestDocument manifest)
    {
        if (manifest.Has("v"))
        {
            return;
        }

        if (!manifest.Has("creator_uuid"))
        {
            throw ManifestValidation.MissingField("v");
        }

        manifest.Set("v", 2);
        manifest["owner"] = manifest["creator_uuid"];
        var restricted = manifest.Has("restricted_to_uuid");
        manifest.Set("public", !restricted);
        if (restricted)
        {
            manifest.Set<JsonElement[]>("acl", [manifest["restricted_to_uuid"]]);
        }

        UpgradeDate(manifest);
        if (manifest["image_size"].AsWholeNumber() is { } size)
        {
            manifest.Set("image_size", size);
        }

        if (!manifest.Has("disabled"))
        {
            manifest.Set("disabled", false);
        }

        manifest.Remove(DroppedKeys);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z\z")]
    private static partial Regex DateWithoutSeconds { get; }

    private static void UpgradeDate(ManifestDocument manifest)
    {
        var date = manifest.Has("published_at") ? manifest["published_at"] : manifest["created_at"];
        manifest["published_at"] = date;
        if (date.AsText() is { } text && DateWithoutSeconds.IsMatch(text))
        {
            manifest.Set("published_at", text[..^1] + ":00Z");
        }
    }
}
