namespace ImgApi.Domain.Errors;

/// <summary>The problem with one field: an entry of <c>errors</c> (contract 2.1). Its texts are cleaned, since they may be untrusted.</summary>
/// <param name="Field">Name of the field or parameter, for instance <c>requirements.max_ram</c>.</param>
/// <param name="Code">One of the constants of this type, or another server's code.</param>
/// <param name="Message">The problem, for a person.</param>
public sealed record FieldError(string Field, string Code, string Message)
{
    public string Field { get; init; } = VisibleText.Clean(Field);
    public string Code { get; init; } = VisibleText.Clean(Code);
    public string Message { get; init; } = VisibleText.Clean(Message);

    public const string MissingParameter = "MissingParameter";

    /// <summary>A required query parameter is missing, or no sample has this name.</summary>
    public const string Missing = "Missing";

    public const string Invalid = "Invalid";

    /// <summary>The value of an alias breaks a rule (contract 5.27).</summary>
    public const string InvalidParameter = "InvalidParameter";

    /// <summary>This caller may not set the field, or not in this state of the image.</summary>
    public const string NotAllowed = "NotAllowed";
}
