namespace ImgApi.Api.Logging;

/// <summary>Reports why no machine can install an image's file: to the client in a header, and to the operator in the log.</summary>
internal sealed partial class ContentWarnings(ServerRules rules, ILogger<ContentWarnings> logger)
{
    /// <summary>Adds a <c>Warning</c> header to the answer for each finding (299: persistent warning, RFC 7234, 5.5), and logs it.</summary>
    /// <returns>The given image.</returns>
    public Image Tell(HttpContext context, Image image)
    {
        // They contain no text of callers, so they are safe in headers and log lines.
        foreach (var finding in ContentFindings.Of(image, rules))
        {
            LogFinding(image.Uuid, finding);
            context.Response.Headers.Append("Warning", $"299 imgapi \"{finding}\"");
        }

        return image;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "image {Uuid} cannot be installed: {Finding}")]
    private partial void LogFinding(Uuid uuid, string finding);
}
