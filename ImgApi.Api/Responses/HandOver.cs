using ImgApi.Api.Configuration;
using ImgApi.Api.Http;
using ImgApi.Domain.Storage;

namespace ImgApi.Api.Responses;

/// <summary>
/// Lets a web server in front send stored content from the disk itself. It takes two to agree: the operator's configuration,
/// and a request header <c>X-Sendfile-Type</c> that the web server in front sets. Others who send the header get the bytes: the answer would tell
/// them where the data folder is.
/// </summary>
internal sealed class HandOver(ServerConfiguration configuration)
{
    private const string Request = "X-Sendfile-Type";
    private const string AccelRedirect = "X-Accel-Redirect";
    private const string Sendfile = "X-Sendfile";

    /// <summary>Whether a server in front wants to send the content itself.</summary>
    public bool IsWanted(HttpContext context)
    {
        if (configuration.AccelRedirect is null && !configuration.Sendfile)
        {
            return false;
        }

        Vary.By(context.Response, Request);
        return configuration.TrustedProxies.Include(context) && (Asks(context, AccelRedirect) || Asks(context, Sendfile));
    }

    /// <summary>Tells the server in front, which wants it, where the content is. The answer is then sent without a body.</summary>
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
