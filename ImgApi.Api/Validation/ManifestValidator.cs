using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using FluentValidation;
using ImgApi.Api.Contracts;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using static ImgApi.Api.Validation.JsonRules;

namespace ImgApi.Api.Validation;

/// <summary>
/// The rules of contract 3.5 to 3.7 on a whole manifest, in the order of 3.4 phase C, which is the order of the errors on
/// the wire. A field's rules end at its first failure.
/// </summary>
public sealed partial class ManifestValidator : AbstractValidator<ManifestBody>
{
    private readonly ServerRules _rules;

    static ManifestValidator() =>
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) =>
            member?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? member?.Name;

    /// <summary>Rules for a server of the given mode.</summary>
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

    [GeneratedRegex(@"^[A-Za-z0-9._/ -]+\z")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9._/+-]+\z")]
    private static partial Regex VersionPattern { get; }

    private void AddIdentityRules()
    {
        RuleFor(body => body.V).Required().Given(
            value => JsonValues.WholeNumber(value) is >= 0 and <= int.MaxValue, _ => "\"v\" must be a positive integer");
        RuleFor(body => body.Uuid).Required().Uuid();
        RuleFor(body => body.Owner).Required().Uuid();
        RuleFor(body => body.Name).Required().Text()
            .AtMost(ImageLimits.Name, $"image name is too long, max {ImageLimits.Name} characters")
            .Given(
                value => NamePattern.IsMatch(value.GetString()!),
                _ => "image name has invalid characters (only alpha-numeric characters and \" \", \".\", \"-\", \"_\" and \"/\" are allowed)");
        RuleFor(body => body.Version).Required().Text()
            .AtMost(ImageLimits.Version, $"image version is too long, max {ImageLimits.Version} characters")
            .Given(
                value => VersionPattern.IsMatch(value.GetString()!),
                _ => "image version has invalid characters (only alpha-numeric characters and \".\", \"-\", \"_\", \"/\" and \"+\" are allowed)");
    }

    private void AddLifeRules()
    {
        RuleFor(body => body.Disabled).Boolean();
        RuleFor(body => body.PublishedAt).Given(
            value => JsonValues.Timestamp(value) is not null, _ => "published_at date not in \"YYYY-MM-DDTHH:MM:SS(.SSS)Z\" format");
        RuleFor(body => body.Public)
            .Boolean()
            .Given(value => _rules.RequiredPublic is not true || JsonValues.Boolean(value) is true,
                _ => "private images are not allowed on a public Images API")
            .Given(value => _rules.RequiredPublic is not false || JsonValues.Boolean(value) is false,
                _ => "public images are not allowed on a private Images API");
        RuleFor(body => body.State).OneOf(ImageState.All);
    }

    private void AddKindRules()
    {
        RuleFor(body => body.Type).Required().OneOf(ImageType.All);
        RuleFor(body => body.Os).Required().OneOf(ImageOs.All);
    }

    /// <summary>Demanded of a zvol, and refused elsewhere.</summary>
    private void AddZvolRules()
    {
        When(body => IsType(body, ImageType.Zvol), () =>
        {
            RuleFor(body => body.NicDriver).Required().Text();
            RuleFor(body => body.DiskDriver).Required().Text();
            RuleFor(body => body.CpuType).Required().Text();
            RuleFor(body => body.ImageSize).Custom((value, context) =>
            {
                if (JsonValues.WholeNumber(value) is not >= 0)
                {
                    context.Fail(JsonValues.IsGiven(value)
                        ? $"invalid image image_size: \"{Plain(value)}\" (must be a positive integer)"
                        : Missing("image_size"));
                }
            });
        }).Otherwise(() =>
        {
            RuleFor(body => body.NicDriver).Given(_ => false, value => ZvolOnly("nic_driver", value));
            RuleFor(body => body.DiskDriver).Given(_ => false, value => ZvolOnly("disk_driver", value));
            RuleFor(body => body.CpuType).Given(_ => false, value => ZvolOnly("cpu_type", value));
            RuleFor(body => body.ImageSize).Given(_ => false, value => ZvolOnly("image_size", value));
        });
        When(_ => _rules.Channels.Exist, () => RuleFor(body => body.Channels).Required());
    }

    private static bool IsType(ManifestBody body, string type) =>
        body.Type.ValueKind == JsonValueKind.String && body.Type.ValueEquals(type);

    private static string ZvolOnly(string field, JsonElement value) =>
        $"invalid image {field}: \"{Plain(value)}\" (cannot have a value unless image type is zvol)";
}
