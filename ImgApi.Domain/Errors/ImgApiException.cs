namespace ImgApi.Domain.Errors;

/// <summary>
/// The one exception that means "the request is refused, and the caller is told why". Everything in it may be shown
/// to the caller. Any other exception type is a fault of the server and is shown as <see cref="ErrorCode.Internal"/>.
/// </summary>
public sealed class ImgApiException : Exception
{
    // An error can have as many fields as a body has keys.
    private const int MostExplained = 20;

    /// <param name="code">The entry of the register; it decides the status.</param>
    /// <param name="message">The text of the error body. It may repeat what others sent: <see cref="VisibleText.Clean"/> is applied to it.</param>
    /// <param name="errors">
    /// What is wrong field by field. The wire shows it for <see cref="ErrorCode.ValidationFailed"/> and
    /// <see cref="ErrorCode.InvalidParameter"/> always, possibly empty, and for other codes if there is any.
    /// </param>
    /// <param name="inner">The cause, for the log only.</param>
    public ImgApiException(ErrorCode code, string message, IReadOnlyList<FieldError>? errors = null, Exception? inner = null)
        : base(VisibleText.Clean(message), inner)
    {
        Code = code;
        Errors = errors ?? [];
    }

    /// <summary>The entry of the register.</summary>
    public ErrorCode Code { get; }

    /// <summary>What is wrong field by field; empty where the code has no fields.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>After how long the same request may succeed; null if that cannot be told.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Message and field errors in one text, for a log.</summary>
    public string Explanation
    {
        get
        {
            var more = Errors.Where(error => !Message.Contains(error.Message, StringComparison.Ordinal)).Take(MostExplained);
            var text = string.Join("; ", more.Select(error => $"{error.Field}: {error.Message}"));
            return text.Length == 0 ? Message : $"{Message} ({text})";
        }
    }

    /// <summary>422 <c>InvalidParameter</c> about one field, whose own text is <paramref name="message"/> unless there is a better one.</summary>
    public static ImgApiException InvalidParameter(string field, string message, string code = FieldError.Invalid, string? fieldMessage = null) =>
        new(ErrorCode.InvalidParameter, message, [new FieldError(field, code, fieldMessage ?? message)]);

    /// <summary>422 <c>ValidationFailed</c> about one field, whose own text is <paramref name="message"/> unless there is a better one.</summary>
    public static ImgApiException ValidationFailed(string field, string message, string code = FieldError.Invalid, string? fieldMessage = null) =>
        new(ErrorCode.ValidationFailed, message, [new FieldError(field, code, fieldMessage ?? message)]);

    /// <summary>422 <c>ValidationFailed</c> for a request that needs a JSON body and has none (contract 1.6).</summary>
    public static ImgApiException MissingBody() => ValidationFailed("body", "missing request body", FieldError.MissingParameter);

    /// <summary>404 <c>ResourceNotFound</c> for an image that is not there.</summary>
    public static ImgApiException ImageNotFound(Uuid uuid) => NotFound($"image {uuid} not found");

    /// <summary>500 <c>InternalError</c> for an image of which nothing is stored any more, so that it cannot be changed.</summary>
    public static ImgApiException ImageLost(Uuid uuid, Exception? inner = null) => new(
        ErrorCode.Internal, $"what is stored of image \"{uuid}\" is gone: put it back from a backup, or delete the image", inner: inner);

    /// <summary>404 <c>ResourceNotFound</c>.</summary>
    public static ImgApiException NotFound(string message) => new(ErrorCode.ResourceNotFound, message);
}
