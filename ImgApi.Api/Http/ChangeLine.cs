using System.Net;

namespace ImgApi.Api.Http;

/// <summary>The line of the log that a change gets. Every value is one word, so that the line can be taken apart.</summary>
internal static partial class ChangeLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="user">Who asked; null if nobody said so.</param>
    /// <param name="address">Where from; null if it was not a request.</param>
    /// <param name="action">What was done.</param>
    /// <param name="uuid">UUID of the image; null if it was not about one.</param>
    /// <param name="image">The image, if it is known.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="request">Id of the request.</param>
    public static void Write(
        ILogger logger, string? user, IPAddress? address, string action, string? uuid, ChangedImage? image, int status, string request)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var from = Word((address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString());
            var (who, what, which) = (Word(user), Word(action), Word(image?.Uuid.ToString() ?? uuid));
            var (name, version) = (Word(image?.Name), Word(image?.Version));
            Write(logger, who, from, what, which, name, version, status, request);
        }
    }

    /// <summary>A value as one word of the line.</summary>
    private static string Word(string? value)
    {
        var text = VisibleText.Cut(value);
        return text.AsSpan().ContainsAny(' ', '"', '=') ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "user={User} address={Address} action={Action} image={Image} name={Name} version={Version} status={Status} request={Request}")]
    private static partial void Write(
        ILogger logger, string user, string address, string action, string image, string name, string version, int status, string request);
}
