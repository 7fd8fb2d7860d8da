namespace ImgApi.Domain.Errors;

/// <summary>The problem with one field: an entry of the <c>errors</c> array (contract 2.1).</summary>
/// <param name="Field">Name of the field or parameter, for instance <c>requirements.max_ram</c>.</param>
/// <param name="Code">One of the constants of this type.</param>
/// <param name="Message">The problem, for a person.</param>
public sealed record FieldError(string Field, string Code, string Message)
{
    /// <summary>Name of the field or parameter. Cleaned, since a caller or another server may have chosen it.</summary>
    public string Field { get; init; } = VisibleText.Clean(Field);

    /// <summary>One of the constants of this type, or another server's code.</summary>
    public string Code { get; init; } = VisibleText.Clean(Code);

    /// <summary>The problem, for a person. Cleaned, since it may quote untrusted text.</summary>
    public string Message { get; init; } = VisibleText.Clean(Message);

    /// <summary>A required field or parameter is missing.</summary>
    public const string MissingParameter = "MissingParameter";

    /// <summary>A required query parameter is missing, or no sample has this name.</summary>
    public const string Missing = "Missing";

    /// <summary>The value breaks a rule.</summary>
    public const string Invalid = "Invalid";

    /// <summary>The value of an alias breaks a rule (contract 5.27).</summary>
    public const string InvalidParameter = "InvalidParameter";

    /// <summary>This caller may not set the field, or not in this state of the image.</summary>
    public const string NotAllowed = "NotAllowed";
}
