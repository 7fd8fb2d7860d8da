namespace ImgApi.Api.Configuration;

/// <summary>One entry of <c>channels</c> (contract 8.1).</summary>
[MustBe("{ \"name\": ..., \"description\": ..., \"default\": true or false }")]
public sealed record ChannelEntry
{
    /// <summary>The channel's name in queries and manifests.</summary>
    [MustBe("a lower-case letter, then lower-case letters, digits, _ and -")]
    public string Name { get; init; } = "";

    /// <summary>What it is for, in words for a person.</summary>
    [MustBe("a string that is not empty")]
    public string Description { get; init; } = "";

    /// <summary>Whether requests that name no channel mean this one.</summary>
    public bool Default { get; init; }

    /// <summary>The channels of a server.</summary>
    internal static ChannelSet ToSet(IReadOnlyList<ChannelEntry> entries)
    {
        var channels = entries.Select(entry => new Channel(entry.Name, entry.Description)).ToArray();
        return new ChannelSet(channels, entries.Zip(channels).FirstOrDefault(pair => pair.First.Default).Second);
    }
}
