using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Responses;

/// <summary>The one place that turns an error into an answer.</summary>
internal static class ErrorWriter
{
    /// <summary>Bytes of an unwanted request body that are read and discarded to keep the connection; a longer body closes it.</summary>
    public const long DrainLimit = 16 * 1024 * 1024;

    /// <summary>Maximum characters of a message; longer ones, which repeat what the caller sent, are cut.</summary>
    public const int MaxMessage = 64 * 1024;

    /// <summary>Maximum number of field errors in an answer; a body can have more invalid keys.</summary>
    public const int MaxFields = 100;

    // Headers of an error. To caches it is an answer like any other.
    private static readonly string[] Kept =
    [
        HeaderNames.Allow, HeaderNames.WWWAuthenticate, HeaderNames.ContentRange, HeaderNames.RetryAfter, HeaderNames.Vary,
        HeaderNames.CacheControl,
    ];

    /// <summary>Writes status and body. Headers that were set before are removed, except for a few.</summary>
    public static Task WriteAsync(HttpContext context, ImgApiException error)
    {
        var response = context.Response;
        foreach (var name in response.Headers.Keys.Except(Kept, StringComparer.OrdinalIgnoreCase).ToArray())
        {
            response.Headers.Remove(name);
        }

        if (error.RetryAfter is { } wait)
        {
            RetryAfter.Set(response, wait);
        }

        if (MustClose(context.Request))
        {
            response.Headers.Connection = "close";
        }

        var body = Body(error.Code.Name, error.Message, error.Errors);
        response.StatusCode = error.Code.Status;
        return context.Features.Get<IErrorPage>() is { } page
            ? page.WriteAsync(context, body)
            : BodySender.SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Indented), cancellation: CancellationToken.None);
    }

    /// <summary>An error as callers see it, in an answer or in the result of a job.</summary>
    public static ErrorBody Body(string code, string message, IReadOnlyList<FieldError>? errors)
    {
        var hasFields = errors is { Count: > 0 } || code == ErrorCode.ValidationFailed.Name || code == ErrorCode.InvalidParameter.Name;
        return new ErrorBody(code, Shorten(message), hasFields ? [.. (errors ?? []).Take(MaxFields).Select(Field)] : null);
    }

    private static FieldErrorBody Field(FieldError error) => new(Shorten(error.Field), error.Code, Shorten(error.Message));

    private static string Shorten(string text) => VisibleText.Shorten(text, MaxMessage);

    /// <summary>An upload that is refused early has an unwanted body; the client stops sending it when the connection is closed.</summary>
    private static bool MustClose(HttpRequest request) =>
        request.ContentLength > DrainLimit || request.Headers.TransferEncoding.Count > 0;
}
