using System.Text.RegularExpressions;

namespace ImgApi.Api.Pipeline;

/// <summary>
/// Gives the framework the path that the client sent (contract 1.4). Repeated slashes count as one. Dot segments are not resolved; such paths do
/// not exist. Malformed percent-encoding is refused.
/// </summary>
internal sealed partial class PathMiddleware(RequestDelegate next)
{
    private const string ListPath = "/images";

    public Task InvokeAsync(HttpContext context)
    {
        var raw = RawTarget.Of(context).Path;
        if (!RawTarget.TryDecode(raw, out var path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ImgApiException(ErrorCode.BadRequest, "URI malformed");
        }

        path = Slashes.Replace(path, "/");
        if (HasDotSegment(path))
        {
            throw UnknownPath(context);
        }

        // Some clients add a slash.
        context.Request.Path = new PathString(path == ListPath + "/" ? ListPath : path);
        return next(context);
    }

    /// <summary>404 for a path without a route.</summary>
    public static ImgApiException UnknownPath(HttpContext context) =>
        ImgApiException.NotFound($"{RawTarget.Of(context).Path} does not exist");

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes { get; }

    private static bool HasDotSegment(string path) => path.Contains("/.", StringComparison.Ordinal) && path.Split('/').Any(part => part is "." or "..");
}
