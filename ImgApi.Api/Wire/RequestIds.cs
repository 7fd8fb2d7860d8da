namespace ImgApi.Api.Wire;

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
        return given is { Length: > 0 and <= MaxLength } && !given.AsSpan().ContainsAnyExceptInRange('!', '~') ? given : Fresh();
    }

    /// <summary>A random UUID. It is no secret, and the system's generator would be one more system call a request.</summary>
    private static string Fresh()
    {
        Span<byte> bytes = stackalloc byte[16];
#pragma warning disable CA5394 // that it can be foreseen does no harm
        Random.Shared.NextBytes(bytes);
#pragma warning restore CA5394
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
