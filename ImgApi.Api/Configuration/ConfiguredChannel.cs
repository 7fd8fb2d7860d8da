namespace ImgApi.Api.Configuration;

/// <summary>An entry of <c>channels</c> (contract 8.1).</summary>
[MustBe("{ \"name\": ..., \"description\": ..., \"default\": true or false }")]
internal sealed record ConfiguredChannel
{
    /// <summary>Name in queries and manifests.</summary>
    [MustBe("a lower-case letter, then lower-case letters, digits, _ and -")]
    public string Name { get; init; } = "";

    /// <summary>Purpose of the channel, for people.</summary>
    [MustBe("a string that is not empty")]
    public string Description { get; init; } = "";

    /// <summary>Whether requests without <c>channel</c> use this one.</summary>
    public bool Default { get; init; }

    internal static ChannelSet ToSet(IReadOnlyList<ConfiguredChannel> entries)
    {
        var channels = entries.Select(entry => new Channel(entry.Name, entry.Description)).ToArray();
        return new ChannelSet(channels, entries.Zip(channels).FirstOrDefault(pair => pair.First.Default).Second);
    }
}
