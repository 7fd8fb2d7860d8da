using FluentValidation;
using static ImgApi.Domain.Manifests.PlainJson;

namespace ImgApi.Api.Validation;

/// <content>Optional fields (contract 3.4, phase C, third step).</content>
internal sealed partial class ManifestValidator
{
    private void AddDescriptionRules()
    {
        Rule("description").Text()
            .AtMost(ImageLimits.Description, $"image description is too long, max {ImageLimits.Description} characters");
        Rule("homepage").WebUrl("homepage");
        Rule("eula").WebUrl("EULA");
        Rule("urn").Text();
        Rule("origin").Uuid();
        Rule("error").Given(IsObject, value => $"invalid image \"error\" (not an object): {Text(value)}");
    }

    private void AddAccessRules() =>
        Rule("acl")
            .Given(IsArray, value => $"invalid image \"acl\" (not an array): {InMessage(value)}")
            .Given(
                value => value.GetArrayLength() <= ImageLimits.Acl,
                value => $"invalid image \"acl\" (too many accounts: {value.GetArrayLength()}, max {ImageLimits.Acl})")
            .FirstBadItem(
                item => item.AsUuid() is not null,
                (index, item) => $"invalid image \"acl\" (item {index} is not a UUID): {InMessage(item)}");

    private void AddRequirementRules() =>
        Rule("requirements")
            .Given(IsObject, value => $"invalid image \"requirements\" (not an object): {Text(value)}")
            .Custom(RequirementsRules.Check);

    private void AddTagRules()
    {
        Rule("users")
            .Given(IsArray, value => $"invalid image \"users\" (not an array): {Text(value)}")
            .EveryItem(IsUser, item => $"invalid image \"users\" entry: {Text(item)}");
        Rule("billing_tags")
            .Given(IsArray, value => $"invalid image \"billing_tags\" (not an array): {InMessage(value)}")
            .Given(IsShort, value => TooBig("billing_tags", value))
            .EveryItem(
                item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length <= ImageLimits.BillingTag,
                item => $"invalid image \"billing_tags\" entry : {InMessage(item)}");
        Rule("traits")
            .Given(IsObject, value => $"invalid image \"traits\" (not an object): {Text(value)}")
            .Given(IsShort, value => TooBig("traits", value))
            .Custom((value, context) =>
            {
                foreach (var trait in Members(value).Where(trait => !IsTrait(trait.Value)))
                {
                    context.Fail($"invalid image \"traits\" entry: ({trait.Name}, {Text(trait.Value)})");
                }
            });
        Rule("tags")
            .Given(IsObject, value => $"invalid image \"tags\" (not an object): {Text(value)}")
            .Given(IsShort, value => $"image \"tags\" object is too big: {Text(value).Length} characters (max {ImageLimits.Tags})");
    }

    private static bool IsShort(JsonElement value) => Text(value).Length <= ImageLimits.Tags;

    private static string TooBig(string field, JsonElement value) =>
        $"invalid image \"{field}\" (too big: {Text(value).Length} characters, max {ImageLimits.Tags})";

    private void AddZoneRules()
    {
        Rule("generate_passwords").Boolean();
        Rule("inherited_directories").Custom((value, context) =>
            {
                if (value.ValueKind != JsonValueKind.Undefined && !context.InstanceToValidate.IsOfType(ImageType.ZoneDataset))
                {
                    context.Fail($"invalid image \"inherited_directories\" (only valid for a type:zone-dataset image): {Text(value)}");
                }
            })
            .Given(IsArray, value => $"invalid image \"inherited_directories\" (not an array): {Text(value)}")
            .EveryItem(
                item => item.ValueKind == JsonValueKind.String,
                item => $"invalid image \"inherited_directories\" entry: {Text(item)}");
        Rule("channels")
            .Given(_ => _rules.Channels.Exist, _ => "channels is invalid with an IMGAPI not configured for channels")
            .Given(IsArray, value => $"invalid image \"channels\" (not an array): {Text(value)}")
            .Given(value => value.GetArrayLength() > 0, value => $"invalid image \"channels\" (must name at least one): {Text(value)}")
            .EveryItem(
                item => item.ValueKind == JsonValueKind.String,
                item => $"invalid image \"channels\" entry: {Text(item)}");
    }

    private static bool IsArray(JsonElement value) => value.ValueKind == JsonValueKind.Array;

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static bool IsTrait(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Array;

    private static bool IsUser(JsonElement value) =>
        IsObject(value) && value.EnumerateObject().Select(member => member.Name).SequenceEqual(["name"]);

    private static JsonElement.ObjectEnumerator Members(JsonElement value) => IsObject(value) ? value.EnumerateObject() : default;
}
