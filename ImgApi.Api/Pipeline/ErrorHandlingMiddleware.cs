using ImgApi.Api.Logging;
using ImgApi.Infrastructure.Posix;
using Microsoft.AspNetCore.Connections;

namespace ImgApi.Api.Pipeline;

/// <summary>
/// Answers failures with the body of contract section 2. Refusals contain their reason, and those with status 500 and above are logged. Other
/// exceptions are logged completely, and the answer contains only the request id. A failure in the middle of an answer closes the connection,
/// so that the client does not mistake the part for the whole.
/// </summary>
internal sealed partial class ErrorHandlingMiddleware(RequestDelegate next, TimeProvider clock, ILogger<ErrorHandlingMiddleware> logger)
{
    private const int MaxReason = 1024;

    private readonly HourlyNotices _damages = new(clock);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (NeedsBody(context.Response))
            {
                await ErrorWriter.WriteAsync(context, OfStatus(context.Response.StatusCode));
            }
        }
        catch (Exception aborted) when (context.RequestAborted.IsCancellationRequested || aborted is ConnectionResetException)
        {
            LogAborted(context.Request.Method, context.Request.Path, context.TraceIdentifier);
            if (!context.Response.HasStarted)
            {
                // Nobody reads the status, but log and metrics must not count the request as successful.
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            context.Abort();
        }
        catch (Exception fault)
        {
            await AnswerAsync(context, fault);
        }
    }

    private static bool NeedsBody(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and not StatusCodes.Status417ExpectationFailed, ContentLength: null, ContentType: null };

    private static ImgApiException OfStatus(int status)
    {
        var code = status switch
        {
            StatusCodes.Status400BadRequest => ErrorCode.BadRequest,
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ErrorCode.Unauthorized,
            StatusCodes.Status404NotFound => ErrorCode.ResourceNotFound,
            StatusCodes.Status405MethodNotAllowed => ErrorCode.MethodNotAllowed,
            StatusCodes.Status408RequestTimeout => ErrorCode.RequestTimeout,
            StatusCodes.Status413PayloadTooLarge => ErrorCode.PayloadTooLarge,
            _ => ErrorCode.Internal,
        };
        return new ImgApiException(code, code.Meaning);
    }

    private static ImgApiException? Refusal(Exception fault) => fault switch
    {
        ImgApiException refusal => refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout } known =>
            OfStatus(known.StatusCode),
        // Kestrel throws this for a chunk size that overflows.
        IOException { InnerException: OverflowException } bad => new ImgApiException(ErrorCode.BadRequest, bad.Message, inner: bad),
        BadHttpRequestException bad => new ImgApiException(ErrorCode.BadRequest, bad.Message, inner: bad),
        _ => null,
    };

    /// <summary>The text of the refusal, with its cause unless the text contains that.</summary>
    private static string Reason(ImgApiException refusal)
    {
        var cause = refusal.InnerException is { } inner ? FileFault.Describe(inner) : "";
        var text = refusal.Explanation.Contains(cause, StringComparison.Ordinal) ? refusal.Explanation : $"{refusal.Explanation} ({cause})";
        return VisibleText.Cut(text, MaxReason);
    }

    /// <summary>Clients request damaged content repeatedly; one log line per hour suffices.</summary>
    private bool IsDue(ImgApiException refusal) => refusal.Code != ErrorCode.Internal || _damages.IsDue(refusal.Message);

    private async Task AnswerAsync(HttpContext context, Exception fault)
    {
        var refusal = Refusal(fault);
        if (refusal is null)
        {
            LogFault(fault, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        }
        else if (refusal.Code.Status >= StatusCodes.Status500InternalServerError && IsDue(refusal))
        {
            LogRefusal(context.Request.Method, context.Request.Path, Reason(refusal), context.TraceIdentifier);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        await ErrorWriter.WriteAsync(context, refusal ?? new ImgApiException(
            ErrorCode.Internal, $"an unexpected error occurred, see the server's log for request {context.TraceIdentifier}"));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {Request}")]
    private partial void LogFault(Exception fault, string method, PathString path, string request);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} failed: {Reason}, request {Request}")]
    private partial void LogRefusal(string method, PathString path, string reason, string request);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} was aborted by the client, request {Request}")]
    private partial void LogAborted(string method, PathString path, string request);
}
