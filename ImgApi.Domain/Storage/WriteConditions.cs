namespace ImgApi.Domain.Storage;

/// <summary>
/// What a write demands of other images, as data, so that every repository can check it together with the write.
/// <see cref="OriginRules"/> says what each condition means, and how it is refused.
/// </summary>
public sealed record WriteConditions
{
    /// <summary>Nothing.</summary>
    public static WriteConditions None { get; } = new();

    /// <summary>The origin of the written image exists, and is not based on the image itself.</summary>
    public static WriteConditions UsableOrigin { get; } = new() { OriginExists = true, NoCircleOfOrigins = true };

    /// <summary>The origin of the written image may be missing still, but is not based on the image itself.</summary>
    public static WriteConditions OriginMayFollow { get; } = new() { NoCircleOfOrigins = true };

    /// <summary>The origin of the written image, if it has one, exists.</summary>
    public bool OriginExists { get; init; }

    /// <summary>The origin of the written image, if it has one, is not based on the image itself.</summary>
    public bool NoCircleOfOrigins { get; init; }

    /// <summary>No other image is based on the image as it was before the write.</summary>
    public bool NoDependents { get; init; }

    /// <summary>With <see cref="NoDependents"/>, only images in this channel count; null for all images.</summary>
    public string? ChannelOfDependents { get; init; }

    /// <summary>No image in the channel is based on the image; null for all channels.</summary>
    public static WriteConditions Unused(string? channel) => new() { NoDependents = true, ChannelOfDependents = channel };
}
