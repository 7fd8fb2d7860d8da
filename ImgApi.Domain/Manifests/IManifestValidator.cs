namespace ImgApi.Domain.Manifests;

/// <summary>The rules for manifests from callers and other servers (contract 3.5 to 3.7).</summary>
public interface IManifestValidator
{
    /// <summary>All errors of a manifest, in the contract's order (3.4, phase C); empty if it is valid.</summary>
    IReadOnlyList<FieldError> Validate(ManifestDocument manifest);
}
