using System.Text;

namespace ImgApi.Api.Authentication;

/// <summary>The text that a signature covers (contract 7.3): a line for each header that the signature names.</summary>
internal static class SigningText
{
    /// <summary>Maximum number of headers in a signature, since each costs a copy of its value.</summary>
    public const int MaxHeaders = 32;

    private const string RequestLine = "request-line";
    private const string RequestTarget = "(request-target)";

    /// <summary>The signed names in lower case; by default the date.</summary>
    /// <param name="list">The parameter <c>headers</c>; null if it is absent.</param>
    public static string[] Names(HttpRequest request, string? list)
    {
        var names = (list ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : [request.Headers.ContainsKey(SignatureClock.AlternativeDate) ? SignatureClock.AlternativeDate : SignatureClock.Date];
    }

    /// <summary>Whether the text covers the method and the path of the request.</summary>
    public static bool CoversTarget(string[] names) => names.Contains(RequestTarget) || names.Contains(RequestLine);

    /// <summary>Builds the text.</summary>
    /// <param name="names">From <see cref="Names"/>.</param>
    /// <param name="missing">The first name without a header in the request; null if there is none.</param>
    public static byte[] Build(HttpContext context, IReadOnlyList<string> names, out string? missing)
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
