namespace ImgApi.Domain.Manifests;

/// <summary>The rules for manifests from callers and other servers (contract 3.5 to 3.7).</summary>
public interface IManifestValidator
{
    /// <summary>All errors of a manifest, in the contract's order (3.4, phase C); empty if it is valid.</summary>
    IReadOnlyList<FieldError> Validate(ManifestDocument manifest);
}

/// <summary>Validation for create, import and update.</summary>
public static class ManifestValidation
{
    private const string InvalidData = "invalid image data: ";

    /// <summary>The message about a missing required field.</summary>
    public static string Missing(string field) => $"image {field} is missing";

    /// <summary><c>ValidationFailed</c> for a missing field that is checked before all others.</summary>
    internal static ImgApiException MissingField(string field) =>
        ImgApiException.ValidationFailed(field, InvalidData + field, FieldError.MissingParameter, Missing(field));

    /// <summary>Normalizes, validates and reads a manifest.</summary>
    /// <param name="validator">The rules for fields.</param>
    /// <param name="manifest">The manifest, which is normalized.</param>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> with every error.</exception>
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

        var errors = validator.Validate(manifest);
        if (errors.Count > 0)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, InvalidData + string.Join(", ", errors.Select(error => error.Field)), errors);
        }

        manifest.RemoveEmptyTexts();
        return ManifestCodec.Details(manifest);
    }
}
