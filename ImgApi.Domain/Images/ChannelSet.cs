namespace ImgApi.Domain.Images;

/// <summary>
/// The channels of a server, in the order of its configuration. A server without any does not know the notion: it ignores
/// the channels of requests and shows none.
/// </summary>
/// <param name="All">The channels.</param>
/// <param name="Default">Where requests look that name no channel; null if they have to name one.</param>
public sealed record ChannelSet(IReadOnlyList<Channel> All, Channel? Default)
{
    /// <summary>What a request says that wants all channels at once.</summary>
    public const string Every = "*";

    private const string Parameter = "channel";

    /// <summary>A server without channels.</summary>
    public static ChannelSet None { get; } = new([], null);

    /// <summary>Whether the server has channels.</summary>
    public bool Exist => All.Count > 0;

    /// <summary>The channel that a request is about (contract 8.2).</summary>
    /// <param name="requested">What the request says; null or empty if nothing.</param>
    /// <param name="allowsEvery">Whether the endpoint can look into all channels at once.</param>
    /// <returns>The name of a channel; null for all of them, and on a server without channels.</returns>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> for an unknown channel, and for none where there is no default.</exception>
    public string? Resolve(string? requested, bool allowsEvery)
    {
        if (!Exist || (allowsEvery && requested == Every))
        {
            return null;
        }

        if (string.IsNullOrEmpty(requested))
        {
            return Default?.Name ?? throw ImgApiException.ValidationFailed(
                Parameter, "channel not specified and the server has no default channel", FieldError.MissingParameter);
        }

        EnsureKnown(requested);
        return requested;
    }

    /// <summary>Refuses a name that is none of the channels.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c>.</exception>
    public void EnsureKnown(string name)
    {
        if (All.All(channel => channel.Name != name))
        {
            throw ImgApiException.ValidationFailed(Parameter, $"unknown channel: {name}");
        }
    }
}
