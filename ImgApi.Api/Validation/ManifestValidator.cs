using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using static ImgApi.Domain.Manifests.PlainJson;

namespace ImgApi.Api.Validation;

/// <summary>
/// The rules for a whole manifest (contract 3.5 to 3.7). Their order is the order of the errors on the wire (contract 3.4, phase C). Only the
/// first failure of a field is reported.
/// </summary>
internal sealed partial class ManifestValidator : AbstractValidator<ManifestDocument>, IManifestValidator
{
    private static readonly string[] ZvolTexts = ["nic_driver", "disk_driver", "cpu_type"];

    private readonly ServerRules _rules;

    public ManifestValidator(ServerRules rules)
    {
        _rules = rules;
        RuleLevelCascadeMode = CascadeMode.Stop;
        AddIdentityRules();
        AddLifeRules();
        AddKindRules();
        AddZvolRules();
        AddDescriptionRules();
        AddAccessRules();
        AddRequirementRules();
        AddTagRules();
        AddZoneRules();
    }

    IReadOnlyList<FieldError> IManifestValidator.Validate(ManifestDocument manifest) => [.. Validate(manifest).Errors.Select(ErrorOf)];

    [GeneratedRegex(@"^[A-Za-z0-9._/ -]+\z")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9._/+-]+\z")]
    private static partial Regex VersionPattern { get; }

    private static FieldError ErrorOf(ValidationFailure failure) => new(failure.PropertyName, failure.ErrorCode, failure.ErrorMessage);

    /// <summary>Begins the rules of a field. An absent field has an undefined value, which passes unless the schema requires the field.</summary>
    private IRuleBuilder<ManifestDocument, JsonElement> Rule(string field)
    {
        var rules = RuleFor(manifest => manifest[field]).Configure(rule => rule.PropertyName = field);
        return ManifestSchema.Find(field)!.Has(FieldRules.Required) ? rules.Required() : rules;
    }

    private void AddIdentityRules()
    {
        Rule("v").Given(
            value => value.AsWholeNumber() is >= 0 and <= int.MaxValue, _ => "\"v\" must be a positive integer");
        Rule("uuid").Uuid();
        Rule("owner").Uuid();
        Rule("name").Text()
            .AtMost(ImageLimits.Name, $"image name is too long, max {ImageLimits.Name} characters")
            .Given(
                value => NamePattern.IsMatch(value.GetString()!),
                _ => "image name has invalid characters (only alpha-numeric characters and \" \", \".\", \"-\", \"_\" and \"/\" are allowed)");
        Rule("version").Text()
            .AtMost(ImageLimits.Version, $"image version is too long, max {ImageLimits.Version} characters")
            .Given(
                value => VersionPattern.IsMatch(value.GetString()!),
                _ => "image version has invalid characters (only alpha-numeric characters and \".\", \"-\", \"_\", \"/\" and \"+\" are allowed)");
    }

    private void AddLifeRules()
    {
        Rule("disabled").Boolean();
        Rule("published_at").Given(
            value => value.AsTimestamp() is not null, _ => "published_at date not in \"YYYY-MM-DDTHH:MM:SS(.SSS)Z\" format");
        Rule("public")
            .Boolean()
            .Given(value => _rules.RequiredPublic is not true || value.AsBoolean() is true,
                _ => "private images are not allowed on a public Images API")
            .Given(value => _rules.RequiredPublic is not false || value.AsBoolean() is false,
                _ => "public images are not allowed on a private Images API");
        Rule("state").OneOf(ImageState.All);
    }

    private void AddKindRules()
    {
        Rule("type").OneOf(ImageType.All);
        Rule("os").OneOf(ImageOs.All);
    }

    /// <summary>Required for a zvol, refused for other types.</summary>
    private void AddZvolRules()
    {
        When(body => body.IsOfType(ImageType.Zvol), () =>
        {
            Array.ForEach(ZvolTexts, field => Rule(field).Required().Text());
            Rule("image_size").Custom((value, context) =>
            {
                if (value.AsWholeNumber() is not >= 0)
                {
                    context.Fail(value.IsGiven()
                        ? $"invalid image image_size: \"{InMessage(value)}\" (must be a positive integer)"
                        : ManifestValidation.Missing("image_size"));
                }
            });
        }).Otherwise(() =>
        {
            Array.ForEach([.. ZvolTexts, "image_size"], field => Rule(field).Given(
                _ => false, value => $"invalid image {field}: \"{InMessage(value)}\" (cannot have a value unless image type is zvol)"));
        });
        When(_ => _rules.Channels.Exist, () => Rule("channels").Required());
    }
}
