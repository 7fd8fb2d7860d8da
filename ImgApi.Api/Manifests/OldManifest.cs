using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Api.Mapping;
using ImgApi.Api.Validation;
using ImgApi.Domain.Errors;

namespace ImgApi.Api.Manifests;

/// <summary>Manifests of the old dataset API, told by <c>creator_uuid</c> and no <c>v</c> (contract 3.9).</summary>
internal static partial class OldManifest
{
    private static readonly string[] DroppedKeys =
    [
        "creator_uuid", "creator_name", "creator_admin", "vendor_uuid", "cloud_name", "restricted_to_uuid", "owner_uuid",
        "platform_type", "created_at", "updated_at", "_url",
    ];

    /// <summary>Brings an old manifest to the present form; leaves any other as it is.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> if it is neither.</exception>
    public static void Upgrade(ManifestFields fields)
    {
        if (fields.Has("v"))
        {
            return;
        }

        if (!fields.Has("creator_uuid"))
        {
            throw ImgApiException.ValidationFailed("v", "invalid image data: v", FieldError.MissingParameter, JsonRules.Missing("v"));
        }

        fields.Set("v", 2);
        fields["owner"] = fields["creator_uuid"];
        var restricted = fields.Has("restricted_to_uuid");
        fields.Set("public", !restricted);
        if (restricted)
        {
            fields.Set<JsonElement[]>("acl", [fields["restricted_to_uuid"]]);
        }

        UpgradeDate(fields);
        if (JsonValues.WholeNumber(fields["image_size"]) is { } size)
        {
            fields.Set("image_size", size);
        }

        if (!fields.Has("disabled"))
        {
            fields.Set("disabled", false);
        }

        fields.Remove(DroppedKeys);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z\z")]
    private static partial Regex DateWithoutSeconds { get; }

    private static void UpgradeDate(ManifestFields fields)
    {
        var date = fields.Has("published_at") ? fields["published_at"] : fields["created_at"];
        fields["published_at"] = date;
        if (JsonValues.Text(date) is { } text && DateWithoutSeconds.IsMatch(text))
        {
            fields.Set("published_at", text[..^1] + ":00Z");
        }
    }
}
