using AutoMapper;
using FluentValidation;
using FluentValidation.Results;
using ImgApi.Api.Contracts;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Manifests;

/// <summary>The last steps of every way in: all rules at once, then the mapping onto the domain's details.</summary>
public sealed class ManifestCheck(IValidator<ManifestBody> validator, IMapper mapper)
{
    /// <summary>Validates and maps.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> with every failure, in the contract's order and words (3.4, phase C).</exception>
    public ImageDetails ToDetails(ManifestBody body)
    {
        var result = validator.Validate(body);
        if (!result.IsValid)
        {
            var errors = result.Errors.Select(Error).ToArray();
            throw new ImgApiException(
                ErrorCode.ValidationFailed, "invalid image data: " + string.Join(", ", errors.Select(error => error.Field)), errors);
        }

        return mapper.Map<ImageDetails>(body);
    }

    private static FieldError Error(ValidationFailure failure) =>
        new(failure.PropertyName, failure.ErrorCode, failure.ErrorMessage);
}
