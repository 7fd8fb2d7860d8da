namespace ImgApi.Domain.Storage;

/// <summary>Conditions on other images when a write takes effect. They are data, so that every repository can check them atomically.</summary>
public sealed record WriteConditions
{
    public static WriteConditions None { get; } = new();

    /// <summary>The origin of the written image exists, and is not based on the image itself.</summary>
    public static WriteConditions UsableOrigin { get; } = new() { OriginExists = true, NoCircleOfOrigins = true };

    /// <summary>The origin of the written image may be added later, but is not based on the image itself.</summary>
    public static WriteConditions OriginMayFollow { get; } = new() { NoCircleOfOrigins = true };

    public bool OriginExists { get; init; }
    public bool NoCircleOfOrigins { get; init; }

    /// <summary>No other image is based on the image as it was before the write.</summary>
    public bool NoDependents { get; init; }

    /// <summary>With <see cref="NoDependents"/>, only images in this channel count; null for all images.</summary>
    public string? ChannelOfDependents { get; init; }

    /// <summary>No image in the channel is based on the image; null for all channels.</summary>
    public static WriteConditions Unused(string? channel) => new() { NoDependents = true, ChannelOfDependents = channel };
}
