using ImgApi.Api.Configuration;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Wire;

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

    /// <summary>Names the file to the server in front, if there is one that wants it; the answer is then sent without a body.</summary>
    /// <returns>Whether it was done.</returns>
    public bool TryApply(HttpContext context, IContentReader content)
    {
        if (configuration.AccelRedirect is null && !configuration.Sendfile)
        {
            return false;
        }

        Vary.By(context.Response, Request);
        if (!configuration.TrustedProxies.Include(context))
        {
            return false;
        }

        var wanted = context.Request.Headers[Request].ToString();
        if (configuration.AccelRedirect is { } prefix && wanted.Equals(AccelRedirect, StringComparison.OrdinalIgnoreCase))
        {
            var parts = Path.GetRelativePath(configuration.DataFolder, content.Path).Split(Path.DirectorySeparatorChar);
            context.Response.Headers[AccelRedirect] = prefix + string.Join('/', parts.Select(Uri.EscapeDataString));
            return true;
        }

        if (configuration.Sendfile && wanted.Equals(Sendfile, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers[Sendfile] = content.Path;
            return true;
        }

        return false;
    }
}
