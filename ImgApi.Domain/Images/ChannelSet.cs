namespace ImgApi.Domain.Images;

/// <summary>The channels of a server, in the order of its configuration. Without any, the server ignores those of requests and shows none.</summary>
/// <param name="Default">The channel of requests that name none; null if a channel is required.</param>
public sealed record ChannelSet(IReadOnlyList<Channel> All, Channel? Default)
{
    /// <summary>The value with which a request asks for all channels.</summary>
    public const string Every = "*";

    private const string Parameter = "channel";

    public static ChannelSet None { get; } = new([], null);
    public bool Exist => All.Count > 0;

    /// <summary>The name of a request's channel (contract 8.2); null for all channels and on a server without channels.</summary>
    /// <param name="allowsEvery">Whether the endpoint accepts <see cref="Every"/>.</param>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> for an unknown channel, or for a missing one if there is no default.</exception>
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

    /// <summary>Throws <c>ValidationFailed</c> for an unknown channel.</summary>
    public void EnsureKnown(string name)
    {
        if (All.All(channel => channel.Name != name))
        {
            throw ImgApiException.ValidationFailed(Parameter, $"unknown channel: {name}");
        }
    }
}

/// <summary>A named subset of a server's images, such as tested or released ones (contract 8.1).</summary>
public sealed record Channel(string Name, string Description)
{
    /// <summary>Whether a text is a valid name: a lower-case letter, then lower-case letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string text) =>
        text is [>= 'a' and <= 'z', ..] && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '-');
}
