using System.Text;
using ImgApi.Api.Http;

namespace ImgApi.Api.Authentication;

/// <summary>The text that a signature is over (contract 7.3): a line for each header that it names.</summary>
internal static class SigningText
{
    /// <summary>Headers that a signature may name: each costs a copy of its value.</summary>
    public const int MaxHeaders = 32;

    private const string RequestLine = "request-line";
    private const string RequestTarget = "(request-target)";

    /// <summary>The names that are signed, in lower case: as given, or the date.</summary>
    /// <param name="request">The request.</param>
    /// <param name="list">The parameter <c>headers</c>; null if it is absent.</param>
    public static string[] Names(HttpRequest request, string? list)
    {
        var names = (list ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : [request.Headers.ContainsKey(SignatureClock.ByClient) ? SignatureClock.ByClient : SignatureClock.Date];
    }

    /// <summary>Whether the text covers the method and the path of the request.</summary>
    /// <param name="names">As <see cref="Names"/> gives them.</param>
    public static bool CoversTarget(string[] names) => names.Contains(RequestTarget) || names.Contains(RequestLine);

    /// <summary>Builds the text.</summary>
    /// <param name="context">The request.</param>
    /// <param name="names">As <see cref="Names"/> gives them.</param>
    /// <param name="missing">The first name that the request has no header of; null if it has all.</param>
    public static byte[] Of(HttpContext context, IReadOnlyList<string> names, out string? missing)
    {
        missing = names.FirstOrDefault(name => name is not (RequestLine or RequestTarget) && !context.Request.Headers.ContainsKey(name));
        return missing is null ? Encoding.UTF8.GetBytes(string.Join('\n', names.Select(name => Line(context, name)))) : [];
    }

    private static string Line(HttpContext context, string name)
    {
        var request = context.Request;
        var target = request.PathBase + RawTarget.Of(context).Url;
        return name switch
        {
            RequestLine => $"{request.Method} {target} {request.Protocol}",
            RequestTarget => $"{name}: {request.Method.ToLowerInvariant()} {target}",
            _ => $"{name}: {string.Join(", ", request.Headers[name].ToArray())}",
        };
    }
}
