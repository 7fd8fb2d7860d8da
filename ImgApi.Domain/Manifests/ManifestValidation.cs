namespace ImgApi.Domain.Manifests;

public static class ManifestValidation
{
    private const string InvalidData = "invalid image data: ";

    public static string Missing(string field) => $"image {field} is missing";

    /// <summary><c>ValidationFailed</c> for a missing field that is checked before all others.</summary>
    internal static ImgApiException MissingField(string field) =>
        ImgApiException.ValidationFailed(field, InvalidData + field, FieldError.MissingParameter, Missing(field));

    /// <summary>Throws <c>ValidationFailed</c> if there are errors. The names of their fields are appended to the message.</summary>
    internal static void EnsureNone(IReadOnlyList<FieldError> errors, string message)
    {
        if (errors.Count > 0)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, message + string.Join(", ", errors.Select(error => error.Field)), errors);
        }
    }

    /// <summary>Normalizes the manifest, reads it, and throws <c>ValidationFailed</c> with every error.</summary>
    internal static ImageDetails ValidateAndRead(this IManifestValidator validator, ManifestDocument manifest, ServerRules rules)
    {
        foreach (var field in ManifestSchema.Fields)
        {
            manifest[field.Name] = field.Normalize(manifest[field.Name]);
        }

        if (!manifest.Contains("public"))
        {
            manifest.Set("public", rules.DefaultPublic);
        }

        EnsureNone(validator.Validate(manifest), InvalidData);
        manifest.RemoveEmptyTexts();
        return ManifestCodec.Details(manifest);
    }
}
