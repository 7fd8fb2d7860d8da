using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using ImgApi.Domain.Manifests;
using static ImgApi.Domain.Manifests.PlainJson;

namespace ImgApi.Api.Validation;

/// <summary>
/// Rules for manifest fields as JSON. An absent field passes all of them but <see cref="Required{T}"/>. Messages are sent unchanged, without
/// FluentValidation's placeholders, since they contain values of callers.
/// </summary>
internal static class JsonRules
{
    /// <summary>The field is present, or else <c>MissingParameter</c>. Null counts as present; other rules refuse it.</summary>
    public static IRuleBuilder<T, JsonElement> Required<T>(this IRuleBuilder<T, JsonElement> rule) =>
        rule.Custom((value, context) =>
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                context.Fail(ManifestValidation.Missing(context.PropertyPath), FieldError.MissingParameter);
            }
        });

    /// <summary>The value passes the test, or else <c>Invalid</c> with the message.</summary>
    public static IRuleBuilder<T, JsonElement> Given<T>(
        this IRuleBuilder<T, JsonElement> rule, Func<JsonElement, bool> test, Func<JsonElement, string> message) =>
        rule.Given(test, (_, value) => message(value));

    /// <summary>A JSON string.</summary>
    public static IRuleBuilder<T, JsonElement> Text<T>(this IRuleBuilder<T, JsonElement> rule) =>
        rule.Expected("a string", value => value.ValueKind == JsonValueKind.String);

    /// <summary>A string of limited length.</summary>
    public static IRuleBuilder<T, JsonElement> AtMost<T>(this IRuleBuilder<T, JsonElement> rule, int limit, string message) =>
        rule.Given(value => value.GetString()!.Length <= limit, _ => message);

    /// <summary>A boolean, also as a string.</summary>
    public static IRuleBuilder<T, JsonElement> Boolean<T>(this IRuleBuilder<T, JsonElement> rule) =>
        rule.Expected("true or false", value => value.AsBoolean() is not null);

    /// <summary>A UUID.</summary>
    public static IRuleBuilder<T, JsonElement> Uuid<T>(this IRuleBuilder<T, JsonElement> rule) =>
        rule.Expected("a UUID", value => value.AsUuid() is not null);

    /// <summary>One of the strings.</summary>
    public static IRuleBuilder<T, JsonElement> OneOf<T>(this IRuleBuilder<T, JsonElement> rule, IReadOnlyList<string> words) =>
        rule.Given(
            value => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()),
            (field, value) => $"invalid image {field}, \"{InMessage(value)}\", must be one of: {string.Join(", ", words)}");

    /// <summary>An http or https URL of limited length (contract 3.5, homepage and eula).</summary>
    public static IRuleBuilder<T, JsonElement> WebUrl<T>(this IRuleBuilder<T, JsonElement> rule, string noun) =>
        rule.Text()
            .Given(
                value => value.GetString()!.Length == 0 || IsWeb(value.GetString()!),
                _ => $"invalid image {noun} URL protocol")
            .AtMost(ImageLimits.Url, $"image {noun} URL is too long (max {ImageLimits.Url} characters)");

    /// <summary>All items of an array pass the test. Only the first failure is reported.</summary>
    public static IRuleBuilder<T, JsonElement> FirstBadItem<T>(
        this IRuleBuilder<T, JsonElement> rule, Func<JsonElement, bool> test, Func<int, JsonElement, string> message) =>
        rule.Custom((value, context) =>
        {
            var index = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().TakeWhile(test).Count() : 0;
            if (value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength())
            {
                context.Fail(message(index, value[index]));
            }
        });

    /// <summary>All items of an array pass the test. Every failure is reported.</summary>
    public static IRuleBuilder<T, JsonElement> EveryItem<T>(
        this IRuleBuilder<T, JsonElement> rule, Func<JsonElement, bool> test, Func<JsonElement, string> message) =>
        rule.Custom((value, context) =>
        {
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(item => !test(item)) : [])
            {
                context.Fail(message(item));
            }
        });

    /// <summary>Adds a failure with an error code of the wire.</summary>
    public static void Fail<T>(this ValidationContext<T> context, string message, string code = FieldError.Invalid, string? field = null) =>
        context.AddFailure(new ValidationFailure(field ?? context.PropertyPath, message) { ErrorCode = code });

    private static IRuleBuilder<T, JsonElement> Expected<T>(
        this IRuleBuilder<T, JsonElement> rule, string expectation, Func<JsonElement, bool> test) =>
        rule.Given(test, (field, value) => $"invalid image {field}: \"{InMessage(value)}\" (must be {expectation})");

    private static IRuleBuilder<T, JsonElement> Given<T>(
        this IRuleBuilder<T, JsonElement> rule, Func<JsonElement, bool> test, Func<string, JsonElement, string> message) =>
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
