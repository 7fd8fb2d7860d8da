namespace ImgApi.Domain.Images;

/// <summary>Conditions on the state of listed images (contract 6.2).</summary>
public enum StateFilter
{
    /// <summary>Activated and not disabled.</summary>
    Active,

    /// <summary>Activated and disabled.</summary>
    Disabled,

    /// <summary>Not activated.</summary>
    Unactivated,

    /// <summary>With the label <c>creating</c>.</summary>
    Creating,

    /// <summary>With the label <c>failed</c>.</summary>
    Failed,

    /// <summary>Every image.</summary>
    All,
}
