using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>The body of every answer of status 400 and above (contract 2.1).</summary>
/// <param name="Code">A word from the register of error codes.</param>
/// <param name="Message">Text for a person.</param>
/// <param name="Errors">
/// Field by field; with <c>ValidationFailed</c> and <c>InvalidParameter</c> always, and with another code where it is about fields.
/// </param>
public sealed record ErrorBody(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("errors")] IReadOnlyList<FieldErrorBody>? Errors);

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Name of the field or parameter.</param>
/// <param name="Code"><c>MissingParameter</c>, <c>Missing</c>, <c>Invalid</c> or <c>NotAllowed</c>.</param>
/// <param name="Message">Says to a person what is wrong.</param>
public sealed record FieldErrorBody(
    [property: JsonPropertyName("field")] string Field,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message);
