using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Applies an update to an image (contract 5.15).</summary>
public sealed class ManifestUpdate(IManifestValidator validator, ServerRules rules)
{
    private const string InvalidData = "invalid image update data: ";

    // Contract 5.15, step 3. All other fields follow.
    private static readonly string[] OrderOfErrors = ["state", "error", "billing_tags", "traits", "files", "origin", "uuid"];

    /// <summary>Refuses an empty update (contract 5.15, step 1).</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c>.</exception>
    public static JsonElement EnsureUsable(JsonElement? body) => body switch
    {
        { ValueKind: JsonValueKind.Object } update when update.GetPropertyCount() > 0 => update,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } =>
            throw new ImgApiException(ErrorCode.ValidationFailed, InvalidData + "no parameters provided"),
        _ => throw ImgApiException.MissingBody(),
    };

    /// <summary>Steps 2 to 7, for the current version of the image.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> with every error.</exception>
    public ImageChange Apply(Image image, JsonElement update, bool byOperator)
    {
        var changes = new ManifestDocument(update);
        Refuse([.. FieldErrors(image, changes, byOperator).DistinctBy(error => error.Field)]);
        var file = DigestUpdate.Apply(image.File, changes["files"]);
        changes.Remove("files");

        var manifest = Editable(image);
        foreach (var (name, value) in changes.Members)
        {
            manifest[name] = value.IsGiven() ? value : default;
        }

        var details = validator.ValidateAndRead(manifest, rules);
        var label = changes.Contains("state") ? changes["state"].AsText() : image.Label;
        details = rules.Channels.Exist ? details : details with { Channels = image.Details.Channels };
        return new ImageChange(manifest["uuid"].AsUuid()!.Value, details, label, file);
    }

    /// <summary>The manifest that an update changes: all fields, except those that an update cannot set.</summary>
    private ManifestDocument Editable(Image image)
    {
        var manifest = ManifestCodec.Document(image);
        manifest.Remove("files", "icon");
        manifest.RemoveEmptyTexts();
        if (image.Details.ImageSize == 0)
        {
            manifest.Remove("image_size");
        }

        if (!rules.Channels.Exist)
        {
            // Channels from an earlier configuration are kept, but cannot be changed.
            manifest.Remove("channels");
        }

        return manifest;
    }

    private static IEnumerable<FieldError> FieldErrors(Image image, ManifestDocument changes, bool byOperator)
    {
        foreach (var name in changes.Names.Where(name => ManifestSchema.Find(name)?.Has(FieldRules.Update) is not true))
        {
            yield return new FieldError(name, FieldError.NotAllowed, "Parameter cannot be updated");
        }

        foreach (var name in byOperator ? [] : Given(changes, FieldRules.OperatorsOnly))
        {
            yield return new FieldError(name, FieldError.NotAllowed, "Can only be updated by operators");
        }

        foreach (var name in image.Activated ? Given(changes, FieldRules.BeforeActivation) : [])
        {
            yield return new FieldError(name, FieldError.NotAllowed, "Can only be updated on unactivated images");
        }

        if (changes.Contains("files") && !DigestUpdate.IsAllowed(image.File, changes["files"]))
        {
            yield return new FieldError(
                "files", FieldError.NotAllowed, "Can only update \"digest\" or \"uncompressedDigest\" fields on files");
        }
    }

    /// <summary>The update's fields with these rules, including those with the value null.</summary>
    private static IEnumerable<string> Given(ManifestDocument changes, FieldRules fieldRules) =>
        changes.Names.Where(name => ManifestSchema.Find(name)?.Has(fieldRules) is true)
            .OrderBy(name => OrderOfErrors.IndexOf(name) is >= 0 and var place ? place : OrderOfErrors.Length);

    private static void Refuse(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, InvalidData + string.Join(", ", errors.Select(error => error.Field)), errors);
        }
    }
}
