using System.Net;

namespace ImgApi.Api.Http;

/// <summary>The log line of a change.</summary>
internal static class ChangeLine
{
    /// <param name="address">Address of the client; null for jobs.</param>
    /// <param name="uuid">UUID of the image in the path; null if there is none.</param>
    /// <param name="image">The image, if it is known.</param>
    public static void Write(
        ILogger logger, string? user, IPAddress? address, string action, string? uuid, ChangedImage? image, int status, string request)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            new LogFields(
                ("user", user), ("address", ClientAddress.TextOf(address)), ("action", action), ("image", image?.Uuid.ToString() ?? uuid), ("name", image?.Name),
                ("version", image?.Version), ("status", status), ("request", request)).Write(logger);
        }
    }
}

/// <summary>The image that a request created, changed or deleted. Actions store it as a feature of the request, for the log.</summary>
internal sealed record ChangedImage(Uuid Uuid, string Name, string Version)
{
    public static void Note(HttpContext context, Image image) => context.Features.Set(Of(image));

    public static ChangedImage Of(Image image) => new(image.Uuid, image.Details.Name, image.Details.Version);
}
