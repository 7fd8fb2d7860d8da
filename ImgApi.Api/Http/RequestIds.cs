namespace ImgApi.Api.Http;

/// <summary>The id of a request, which every answer and every log entry carries (contract 1.2).</summary>
public static class RequestIds
{
    /// <summary>Header of the answer, and second choice of the request.</summary>
    public const string Header = "x-request-id";

    private const string FirstHeader = "request-id";
    private const int MaxLength = 128;

    /// <summary>
    /// What the client sent in <c>request-id</c>, else in <c>x-request-id</c>, if it is visible ASCII of at most 128
    /// characters; else a fresh UUID.
    /// </summary>
    public static string Of(HttpRequest request)
    {
        var given = request.Headers[FirstHeader].FirstOrDefault() is { Length: > 0 } first ? first : request.Headers[Header].FirstOrDefault();
        return given is { Length: > 0 and <= MaxLength } && !given.AsSpan().ContainsAnyExceptInRange('!', '~') ? given : Guid.NewGuid().ToString();
    }
}
