namespace ImgApi.Api.Logging;

/// <summary>Tells those concerned why no machine could install an image's file: the client, by a header, and the operator, in the log.</summary>
public sealed partial class ContentWarnings(ServerRules rules, ILogger<ContentWarnings> logger)
{
    /// <summary>Puts a <c>Warning</c> header on the answer for each finding (RFC 7234, 5.5: 299 is a lasting warning), and logs it.</summary>
    /// <returns>The image itself.</returns>
    public Image Tell(HttpContext context, Image image)
    {
        foreach (var finding in Log(image))
        {
            context.Response.Headers.Append("Warning", $"299 imgapi \"{finding}\"");
        }

        return image;
    }

    /// <summary>Logs each finding.</summary>
    /// <returns>The findings. Nothing in them comes from a caller, so they fit into headers and lines.</returns>
    public IReadOnlyList<string> Log(Image image)
    {
        var findings = ContentFindings.Of(image, rules);
        foreach (var finding in findings)
        {
            LogFinding(image.Uuid, finding);
        }

        return findings;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "image {Uuid} cannot be installed: {Finding}")]
    private partial void LogFinding(Uuid uuid, string finding);
}
