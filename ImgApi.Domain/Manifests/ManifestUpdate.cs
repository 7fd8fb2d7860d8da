using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>Applies an update to an image (contract 5.15).</summary>
public sealed class ManifestUpdate(IManifestValidator validator, ServerRules rules)
{
    private const string InvalidData = "invalid image update data: ";
    private const string Digest = "digest";
    private const string UncompressedDigest = "uncompressedDigest";

    // Contract 5.15, step 3. All other fields follow.
    private static readonly string[] OrderOfErrors = ["state", "error", "billing_tags", "traits", "files", "origin", "uuid"];

    /// <summary>Throws <c>ValidationFailed</c> for an empty update (contract 5.15, step 1).</summary>
    public static JsonElement EnsureUsable(JsonElement? body) => body switch
    {
        { ValueKind: JsonValueKind.Object } update when update.GetPropertyCount() > 0 => update,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } =>
            throw new ImgApiException(ErrorCode.ValidationFailed, InvalidData + "no parameters provided"),
        _ => throw ImgApiException.MissingBody(),
    };

    /// <summary>Steps 2 to 7, for the current version of the image. Throws <c>ValidationFailed</c> with every error.</summary>
    public ImageChange Apply(Image image, JsonElement update, bool byOperator)
    {
        var changes = new ManifestDocument(update);
        ManifestValidation.EnsureNone([.. FieldErrors(image, changes, byOperator).DistinctBy(error => error.Field)], InvalidData);
        var file = WithDigests(image.File, changes["files"]);
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

    // All fields, except those that an update cannot set.
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
        var unknown = changes.Names.Where(name => ManifestSchema.Find(name)?.Has(FieldRules.Update) is not true);
        var reserved = byOperator ? [] : Given(changes, FieldRules.OperatorsOnly);
        var settled = image.Activated ? Given(changes, FieldRules.BeforeActivation) : [];
        string[] files = changes.Contains("files") && !ChangesOnlyDigests(image.File, changes["files"]) ? ["files"] : [];
        return
        [
            .. NotAllowed(unknown, "Parameter cannot be updated"),
            .. NotAllowed(reserved, "Can only be updated by operators"),
            .. NotAllowed(settled, "Can only be updated on unactivated images"),
            .. NotAllowed(files, "Can only update \"digest\" or \"uncompressedDigest\" fields on files"),
        ];
    }

    private static IEnumerable<FieldError> NotAllowed(IEnumerable<string> fields, string message) =>
        fields.Select(name => new FieldError(name, FieldError.NotAllowed, message));

    // Includes fields with the value null.
    private static IEnumerable<string> Given(ManifestDocument changes, FieldRules fieldRules) =>
        changes.Names.Where(name => ManifestSchema.Find(name)?.Has(fieldRules) is true)
            .OrderBy(name => OrderOfErrors.IndexOf(name) is >= 0 and var place ? place : OrderOfErrors.Length);

    // Contract 5.15, step 5; 2.4 for an image without a file.
    private static bool ChangesOnlyDigests(ImageFile? file, JsonElement files)
    {
        if (file is null || files.ValueKind != JsonValueKind.Array || files.GetArrayLength() != 1 || files[0].ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        return files[0].EnumerateObject().All(member => member.Name switch
        {
            Digest or UncompressedDigest => member.Value.ValueKind == JsonValueKind.String,
            "sha1" => member.Value.AsText() == file.Sha1,
            "size" => member.Value.AsWholeNumber() == file.Size,
            "compression" => member.Value.AsText() == file.Compression,
            "dataset_guid" => member.Value.AsText() == file.DatasetGuid,
            _ => false,
        });
    }

    private static ImageFile? WithDigests(ImageFile? file, JsonElement files) =>
        file is null || !files.IsGiven()
            ? file
            : file with
            {
                Digest = files[0].Member(Digest).AsText() ?? file.Digest,
                UncompressedDigest = files[0].Member(UncompressedDigest).AsText() ?? file.UncompressedDigest,
            };
}
