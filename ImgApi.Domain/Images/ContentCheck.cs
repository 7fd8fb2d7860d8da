namespace ImgApi.Domain.Images;

/// <summary>What is done about a file that no machine can install as its image's manifest describes it.</summary>
public enum ContentCheck
{
    /// <summary>It is taken, and everybody concerned is warned.</summary>
    Warn,

    /// <summary>Its upload and its activation are refused unless they are forced.</summary>
    Refuse,

    /// <summary>Nobody looks inside files.</summary>
    Off,
}
