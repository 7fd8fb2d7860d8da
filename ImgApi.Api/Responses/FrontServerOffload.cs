namespace ImgApi.Api.Responses;

/// <summary>
/// Lets a web server in front send stored content from the disk itself. Requires both the configuration and the header
/// <c>X-Sendfile-Type</c> of a trusted proxy. Other clients that send the header get the bytes, because the answer would disclose the path of
/// the data folder.
/// </summary>
internal sealed class FrontServerOffload(ServerConfiguration configuration)
{
    private const string Request = "X-Sendfile-Type";
    private const string AccelRedirect = "X-Accel-Redirect";
    private const string Sendfile = "X-Sendfile";

    /// <summary>Whether the server in front sends the content itself.</summary>
    public bool IsWanted(HttpContext context)
    {
        if (configuration.AccelRedirect is null && !configuration.Sendfile)
        {
            return false;
        }

        Vary.By(context.Response, Request);
        return configuration.TrustedProxies.Include(context) && (Asks(context, AccelRedirect) || Asks(context, Sendfile));
    }

    /// <summary>Names the file in a header for the server in front. The answer has no body.</summary>
    public void Apply(HttpContext context, ContentLocation location)
    {
        if (Asks(context, AccelRedirect))
        {
            var parts = Path.GetRelativePath(configuration.DataFolder, location.File).Split(Path.DirectorySeparatorChar);
            context.Response.Headers[AccelRedirect] = configuration.AccelRedirect + string.Join('/', parts.Select(Uri.EscapeDataString));
            return;
        }

        context.Response.Headers[Sendfile] = location.File;
    }

    private bool Asks(HttpContext context, string way) =>
        (way == AccelRedirect ? configuration.AccelRedirect is not null : configuration.Sendfile)
        && context.Request.Headers[Request].ToString().Equals(way, StringComparison.OrdinalIgnoreCase);
}
