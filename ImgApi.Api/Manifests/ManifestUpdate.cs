using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Contracts;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Manifests;

/// <summary>Makes of the body of UpdateImage what the image shall become (contract 5.15).</summary>
public sealed class ManifestUpdate(IMapper mapper, ManifestCheck check, ServerRules rules)
{
    private static readonly string[] Updatable =
    [
        "owner", "name", "version", "description", "homepage", "eula", "public", "os", "acl", "requirements", "users",
        "billing_tags", "traits", "tags", "generate_passwords", "inherited_directories", "nic_driver", "disk_driver", "cpu_type",
        "image_size", "channels",
    ];

    private static readonly string[] OperatorsOnly = ["state", "error", "billing_tags", "traits", "files", "origin", "uuid"];
    private static readonly string[] BeforeActivation = ["files", "origin", "uuid"];

    /// <summary>Refuses what no image could make good: an empty update (contract 5.15, step 1).</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c>.</exception>
    public static JsonElement EnsureUsable(JsonElement? body) => body switch
    {
        { ValueKind: JsonValueKind.Object } update when update.GetPropertyCount() > 0 => update,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } =>
            throw new ImgApiException(ErrorCode.ValidationFailed, "invalid image update data: no parameters provided"),
        _ => throw ImgApiException.MissingBody(),
    };

    /// <summary>Steps 2 to 7, on the image as it is at the moment of the change.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> with every failure.</exception>
    public ImageChange Apply(Image image, JsonElement update, bool byOperator)
    {
        var changes = ManifestFields.Of(update);
        Refuse([.. KeyErrors(image, changes, byOperator).DistinctBy(error => error.Field)]);
        var file = DigestUpdate.Apply(image.File, changes["files"]);
        changes.Remove("files");

        var fields = ManifestFields.Of(mapper.Map<ImageManifest>(image));
        fields.Remove("files", "icon");
        if (!rules.Channels.Exist)
        {
            // From a time when the server had channels: kept, but not for anyone to change.
            fields.Remove("channels");
        }

        foreach (var key in changes.Keys)
        {
            fields[key] = changes[key].ValueKind == JsonValueKind.Null ? default : changes[key];
        }

        if (!fields.Has("public"))
        {
            fields.Set("public", rules.DefaultPublic);
        }

        fields.Normalise();
        var body = fields.ToBody();
        var details = check.ToDetails(body);
        var label = IsGiven(changes, "state") ? JsonValues.Text(changes["state"]) : image.Label;
        details = rules.Channels.Exist ? details : details with { Channels = image.Details.Channels };
        return new ImageChange(JsonValues.Uuid(body.Uuid)!.Value, details, label, file);
    }

    private static IEnumerable<FieldError> KeyErrors(Image image, ManifestFields changes, bool byOperator)
    {
        foreach (var key in changes.Keys.Except(Updatable).Except(OperatorsOnly))
        {
            yield return new FieldError(key, FieldError.NotAllowed, "Parameter cannot be updated");
        }

        var given = OperatorsOnly.Intersect(changes.Keys).ToArray();
        foreach (var key in byOperator ? [] : given)
        {
            yield return new FieldError(key, FieldError.NotAllowed, "Can only be updated by operators");
        }

        foreach (var key in image.Activated ? given.Intersect(BeforeActivation) : [])
        {
            yield return new FieldError(key, FieldError.NotAllowed, "Can only be updated on unactivated images");
        }

        if (IsGiven(changes, "files") && !DigestUpdate.IsAllowed(image.File, changes["files"]))
        {
            yield return new FieldError(
                "files", FieldError.NotAllowed, "Can only update \"digest\" or \"uncompressedDigest\" fields on files");
        }
    }

    /// <summary>Whether the key is there, be it with null.</summary>
    private static bool IsGiven(ManifestFields changes, string key) => changes[key].ValueKind != JsonValueKind.Undefined;

    private static void Refuse(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw new ImgApiException(
                ErrorCode.ValidationFailed, "invalid image update data: " + string.Join(", ", errors.Select(error => error.Field)), errors);
        }
    }
}
