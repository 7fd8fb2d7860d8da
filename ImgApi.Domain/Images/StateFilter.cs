namespace ImgApi.Domain.Images;

/// <summary>The conditions on the state that a list can be asked for (contract 6.2).</summary>
public enum StateFilter
{
    /// <summary>Activated and not disabled.</summary>
    Active,

    /// <summary>Activated and disabled.</summary>
    Disabled,

    /// <summary>Not activated, whether disabled or not.</summary>
    Unactivated,

    /// <summary>Labelled so.</summary>
    Creating,

    /// <summary>Labelled so.</summary>
    Failed,

    /// <summary>Every image.</summary>
    All,
}
