using FluentValidation;
using FluentValidation.Results;
using static ImgApi.Domain.Manifests.PlainJson;
using Rule = FluentValidation.IRuleBuilder<ImgApi.Domain.Manifests.ManifestDocument, System.Text.Json.JsonElement>;

namespace ImgApi.Api.Validation;

/// <summary>
/// Rules for manifest fields as JSON. An absent field passes all of them but <see cref="Required"/>. Messages are sent unchanged, without
/// FluentValidation's placeholders, since they contain values of callers.
/// </summary>
internal static class JsonRules
{
    /// <summary>The field is present, or else <c>MissingParameter</c>. Null counts as present; other rules refuse it.</summary>
    public static Rule Required(this Rule rule) =>
        rule.Custom((value, context) =>
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                context.Fail(ManifestValidation.Missing(context.PropertyPath), FieldError.MissingParameter);
            }
        });

    /// <summary>The value passes the test, or else <c>Invalid</c> with the message.</summary>
    public static Rule Given(this Rule rule, Func<JsonElement, bool> test, Func<JsonElement, string> message) =>
        rule.Given(test, (_, value) => message(value));

    public static Rule Text(this Rule rule) =>
        rule.Expected("a string", value => value.ValueKind == JsonValueKind.String);

    public static Rule AtMost(this Rule rule, int limit, string message) =>
        rule.Given(value => value.GetString()!.Length <= limit, _ => message);

    /// <summary>A boolean, also as a string.</summary>
    public static Rule Boolean(this Rule rule) =>
        rule.Expected("true or false", value => value.AsBoolean() is not null);

    public static Rule Uuid(this Rule rule) =>
        rule.Expected("a UUID", value => value.AsUuid() is not null);

    public static Rule OneOf(this Rule rule, IReadOnlyList<string> words) =>
        rule.Given(
            value => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()),
            (field, value) => $"invalid image {field}, \"{InMessage(value)}\", must be one of: {string.Join(", ", words)}");

    /// <summary>An http or https URL of limited length (contract 3.5, homepage and eula).</summary>
    public static Rule WebUrl(this Rule rule, string noun) =>
        rule.Text()
            .Given(value => value.GetString()!.Length == 0 || IsWeb(value.GetString()!), _ => $"invalid image {noun} URL protocol")
            .AtMost(ImageLimits.Url, $"image {noun} URL is too long (max {ImageLimits.Url} characters)");

    /// <summary>All items of an array pass the test. Only the first failure is reported. A preceding rule refuses other values.</summary>
    public static Rule FirstBadItem(this Rule rule, Func<JsonElement, bool> test, Func<int, JsonElement, string> message) =>
        rule.Given(array => array.EnumerateArray().All(test), array =>
        {
            var index = array.EnumerateArray().TakeWhile(test).Count();
            return message(index, array[index]);
        });

    /// <summary>All items of an array pass the test. Every failure is reported.</summary>
    public static Rule EveryItem(this Rule rule, Func<JsonElement, bool> test, Func<JsonElement, string> message) =>
        rule.Custom((value, context) =>
        {
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(item => !test(item)) : [])
            {
                context.Fail(message(item));
            }
        });

    public static void Fail(
        this ValidationContext<ManifestDocument> context, string message, string code = FieldError.Invalid, string? field = null) =>
        context.AddFailure(new ValidationFailure(field ?? context.PropertyPath, message) { ErrorCode = code });

    private static Rule Expected(this Rule rule, string expectation, Func<JsonElement, bool> test) =>
        rule.Given(test, (field, value) => $"invalid image {field}: \"{InMessage(value)}\" (must be {expectation})");

    private static Rule Given(this Rule rule, Func<JsonElement, bool> test, Func<string, JsonElement, string> message) =>
        rule.Custom((value, context) =>
        {
            if (value.ValueKind != JsonValueKind.Undefined && !test(value))
            {
                context.Fail(message(context.PropertyPath, value));
            }
        });

    private static bool IsWeb(string url) =>
        url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
