using System.Net;

namespace ImgApi.Api.Http;

/// <summary>The log line of a change. Values with spaces are quoted, so that programs can parse the line.</summary>
internal static partial class ChangeLine
{
    /// <param name="address">Address of the client; null for jobs.</param>
    /// <param name="uuid">UUID of the image in the path; null if there is none.</param>
    /// <param name="image">The image, if it is known.</param>
    public static void Write(
        ILogger logger, string? user, IPAddress? address, string action, string? uuid, ChangedImage? image, int status, string request)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var from = Quoted(ClientAddress.TextOf(address));
            var (who, what, which) = (Quoted(user), Quoted(action), Quoted(image?.Uuid.ToString() ?? uuid));
            var (name, version) = (Quoted(image?.Name), Quoted(image?.Version));
            Write(logger, who, from, what, which, name, version, status, request);
        }
    }

    private static string Quoted(string? value)
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

/// <summary>The image that a request created, changed or deleted. Actions store it as a feature of the request, for the log.</summary>
internal sealed record ChangedImage(Uuid Uuid, string Name, string Version)
{
    public static void Note(HttpContext context, Image image) => context.Features.Set(Of(image));

    public static ChangedImage Of(Image image) => new(image.Uuid, image.Details.Name, image.Details.Version);
}
