using System.Globalization;
using System.Text.Json;
using ImgApi.Api.Contracts;
using ImgApi.Api.Json;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Responses;

/// <summary>The one place that turns an error into an answer.</summary>
public static class ErrorWriter
{
    /// <summary>Bytes of an unwanted body that are read and thrown away to keep a connection; a longer one closes it.</summary>
    public const long DrainLimit = 16 * 1024 * 1024;

    /// <summary>Characters of a message; longer ones, which repeat what the caller sent, are cut.</summary>
    public const int LongestMessage = 64 * 1024;

    /// <summary>Field errors that are told; there can be as many as a body has keys.</summary>
    public const int MostFields = 100;

    // What an error may say beside its body. For caches it is an answer like any other.
    private static readonly string[] Kept =
    [
        HeaderNames.Allow, HeaderNames.WWWAuthenticate, HeaderNames.ContentRange, HeaderNames.RetryAfter, HeaderNames.Vary,
        HeaderNames.CacheControl,
    ];

    /// <summary>Writes status and body. Other headers that were set on the response before are removed, but for a few.</summary>
    public static Task WriteAsync(HttpContext context, ImgApiException error)
    {
        var response = context.Response;
        var kept = KeptHeaders(response);
        response.Clear();
        foreach (var (name, value) in kept)
        {
            response.Headers[name] = value;
        }

        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (MustClose(context.Request))
        {
            response.Headers.Connection = "close";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(Body(error.Code.Name, error.Message, error.Errors), WireJson.Indented);
        response.StatusCode = error.Code.Status;
        response.ContentType = WireJson.ContentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>An error as callers see it, in an answer or in the result of a job.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="message">Its text.</param>
    /// <param name="errors">Its field errors; null for none.</param>
    public static ErrorBody Body(string code, string message, IReadOnlyList<FieldError>? errors)
    {
        var hasFields = errors is { Count: > 0 } || code == ErrorCode.ValidationFailed.Name || code == ErrorCode.InvalidParameter.Name;
        return new ErrorBody(code, Cut(message), hasFields ? [.. (errors ?? []).Take(MostFields).Select(Field)] : null);
    }

    private static FieldErrorBody Field(FieldError error) =>
        new(Cut(error.Field), error.Code, Cut(error.Message));

    private static string Cut(string text)
    {
        if (text.Length <= LongestMessage)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage;
        return text[..end] + "...";
    }

    private static List<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> KeptHeaders(HttpResponse response) =>
        [.. response.Headers.Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))];

    /// <summary>
    /// An upload that is refused early has a body that nobody wants; on a closed connection the client stops sending it.
    /// </summary>
    private static bool MustClose(HttpRequest request) =>
        request.ContentLength > DrainLimit || request.Headers.TransferEncoding.Count > 0;
}
