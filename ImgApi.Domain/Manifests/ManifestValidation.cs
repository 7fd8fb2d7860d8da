namespace ImgApi.Domain.Manifests;

/// <summary>What create, import and update have in common.</summary>
public static class ManifestValidation
{
    private const string InvalidData = "invalid image data: ";

    /// <summary>The text about a required field that is absent.</summary>
    public static string Missing(string field) => $"image {field} is missing";

    /// <summary><c>ValidationFailed</c> for one that is looked at before all others.</summary>
    internal static ImgApiException MissingField(string field) =>
        ImgApiException.ValidationFailed(field, InvalidData + field, FieldError.MissingParameter, Missing(field));

    /// <summary>Validates a manifest and reads it.</summary>
    /// <param name="validator">The rules.</param>
    /// <param name="manifest">The manifest; values in another form than that of their fields, and empty strings, are replaced in it.</param>
    /// <param name="rules">The server's rules.</param>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> with every failure.</exception>
    internal static ImageDetails Read(this IManifestValidator validator, ManifestDocument manifest, ServerRules rules)
    {
        foreach (var field in ManifestSchema.Fields)
        {
            manifest[field.Name] = field.Normalise(manifest[field.Name]);
        }

        if (!manifest.Contains("public"))
        {
            manifest.Set("public", rules.DefaultPublic);
        }

        var errors = validator.Validate(manifest);
        if (errors.Count > 0)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, InvalidData + string.Join(", ", errors.Select(error => error.Field)), errors);
        }

        manifest.RemoveEmptyTexts();
        return ManifestCodec.Details(manifest);
    }
}
