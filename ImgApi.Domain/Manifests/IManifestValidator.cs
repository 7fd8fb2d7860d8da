namespace ImgApi.Domain.Manifests;

/// <summary>The rules for whole manifests that callers and other servers send (contract 3.5 to 3.7).</summary>
public interface IManifestValidator
{
    /// <summary>Everything that is wrong with a manifest, in the order of the wire (contract 3.4, phase C); empty for a good one.</summary>
    IReadOnlyList<FieldError> Validate(ManifestDocument manifest);
}
