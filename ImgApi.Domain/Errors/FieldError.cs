namespace ImgApi.Domain.Errors;

/// <summary>What is wrong with one field: an entry of the <c>errors</c> array (contract 2.1).</summary>
/// <param name="Field">Name of the field or parameter, for instance <c>requirements.max_ram</c>.</param>
/// <param name="Code">One of the constants of this type.</param>
/// <param name="Message">Says to a person what is wrong.</param>
public sealed record FieldError(string Field, string Code, string Message)
{
    /// <summary>Name of the field or parameter, cleaned: a caller or another server may have chosen it.</summary>
    public string Field { get; init; } = VisibleText.Clean(Field);

    /// <summary>One of the constants of this type, or another server's word.</summary>
    public string Code { get; init; } = VisibleText.Clean(Code);

    /// <summary>Says to a person what is wrong. Cleaned, since it may repeat what others sent.</summary>
    public string Message { get; init; } = VisibleText.Clean(Message);

    /// <summary>A required field or parameter is absent.</summary>
    public const string MissingParameter = "MissingParameter";

    /// <summary>A required query parameter is absent, or there is no sample of that name.</summary>
    public const string Missing = "Missing";

    /// <summary>The value breaks a rule.</summary>
    public const string Invalid = "Invalid";

    /// <summary>The value breaks a rule; the word that the contract has for an alias (5.27).</summary>
    public const string InvalidParameter = "InvalidParameter";

    /// <summary>The field may not be set by this caller, or not now.</summary>
    public const string NotAllowed = "NotAllowed";
}
