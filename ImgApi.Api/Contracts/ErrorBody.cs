namespace ImgApi.Api.Contracts;

/// <summary>The body of answers with status 400 and above (contract 2.1).</summary>
/// <param name="Code">A word from the register of error codes.</param>
/// <param name="Message">Text for people.</param>
/// <param name="Errors">
/// Errors of single fields: always with <c>ValidationFailed</c> and <c>InvalidParameter</c>, and with other codes if they are about fields.
/// </param>
internal sealed record ErrorBody(string Code, string Message, IReadOnlyList<FieldErrorBody>? Errors);

/// <summary>An error of a field.</summary>
/// <param name="Field">Name of the field or parameter.</param>
/// <param name="Code"><c>MissingParameter</c>, <c>Missing</c>, <c>Invalid</c> or <c>NotAllowed</c>.</param>
/// <param name="Message">Text for people.</param>
internal sealed record FieldErrorBody(string Field, string Code, string Message);
