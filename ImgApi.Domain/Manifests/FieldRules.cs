namespace ImgApi.Domain.Manifests;

/// <summary>Who may set a field of a manifest, and when (contract 3.3), and how its values are taken and left out.</summary>
[Flags]
public enum FieldRules
{
    /// <summary>Only the server sets it.</summary>
    None = 0,

    /// <summary>A create may set it.</summary>
    Create = 1 << 0,

    /// <summary>An import may set it.</summary>
    Import = 1 << 1,

    /// <summary>A create or an import may set it.</summary>
    Intake = Create | Import,

    /// <summary>An update may set it.</summary>
    Update = 1 << 2,

    /// <summary>A create, an import or an update may set it.</summary>
    Always = Intake | Update,

    /// <summary>A create and an import take it for images of type zvol only.</summary>
    ZvolOnly = 1 << 3,

    /// <summary>Only an operator may update it.</summary>
    OperatorsOnly = 1 << 4,

    /// <summary>An update may set it as long as the image is not activated.</summary>
    BeforeActivation = 1 << 5,

    /// <summary>A create and an import accept it and discard it.</summary>
    Ignored = 1 << 6,

    /// <summary>Null means that the field is absent; without this rule null is a wrong value (contract 3.5).</summary>
    NullIsAbsent = 1 << 7,

    /// <summary>A number stands for its text, since clients that read "1.0" on a command line as JSON send it so.</summary>
    NumberIsText = 1 << 8,

    /// <summary>A string stands for a list of one.</summary>
    TextIsList = 1 << 9,

    /// <summary>An empty list is not written.</summary>
    EmptyIsAbsent = 1 << 10,
}
