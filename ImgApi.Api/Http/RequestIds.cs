namespace ImgApi.Api.Http;

/// <summary>The id of a request, which its answer and its log lines contain (contract 1.2).</summary>
internal static class RequestIds
{
    /// <summary>Header of the answer. In requests, <c>request-id</c> precedes it.</summary>
    public const string Header = "x-request-id";

    private const string FirstHeader = "request-id";
    private const int MaxLength = 128;

    /// <summary>The id that the client sent, if it is visible ASCII of at most 128 characters; otherwise a new UUID.</summary>
    public static string Of(HttpRequest request)
    {
        var given = request.Headers[FirstHeader].FirstOrDefault() is { Length: > 0 } first ? first : request.Headers[Header].FirstOrDefault();
        return given is { Length: > 0 and <= MaxLength } && !given.AsSpan().ContainsAnyExceptInRange('!', '~') ? given : Guid.NewGuid().ToString();
    }
}
