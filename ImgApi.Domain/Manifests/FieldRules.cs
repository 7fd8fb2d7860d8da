namespace ImgApi.Domain.Manifests;

/// <summary>Who may set a field of a manifest and when (contract 3.3), and how its values are normalized and written.</summary>
[Flags]
public enum FieldRules
{
    /// <summary>Set by the server only.</summary>
    None = 0,

    Create = 1 << 0,
    Import = 1 << 1,
    Intake = Create | Import,
    Update = 1 << 2,
    Always = Intake | Update,

    /// <summary>Create and import accept it only for images of type zvol.</summary>
    ZvolOnly = 1 << 3,

    /// <summary>Only requests without an account may update it.</summary>
    OperatorsOnly = 1 << 4,

    /// <summary>Update may set it only on unactivated images.</summary>
    BeforeActivation = 1 << 5,

    /// <summary>Create and import accept and ignore it.</summary>
    Ignored = 1 << 6,

    /// <summary>Null means that the field is absent; otherwise null is invalid (contract 3.5).</summary>
    NullIsAbsent = 1 << 7,

    /// <summary>A number is converted to its text, since some clients parse a command-line argument such as "1.0" as JSON.</summary>
    NumberIsText = 1 << 8,

    TextIsList = 1 << 9,
    EmptyIsAbsent = 1 << 10,

    /// <summary>Every manifest must have it, at the latest after the server has filled in defaults.</summary>
    Required = 1 << 11,
}
