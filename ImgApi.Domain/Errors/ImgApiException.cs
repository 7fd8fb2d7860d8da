namespace ImgApi.Domain.Errors;

/// <summary>
/// Refuses a request. The caller may see everything in it. Any other exception is a bug or a fault of the server, and is answered with
/// <see cref="ErrorCode.Internal"/>.
/// </summary>
public sealed class ImgApiException : Exception
{
    // A body can have any number of wrong fields, and a log line should not.
    private const int MaxExplained = 20;

    /// <param name="message">The text of the error body. It is cleaned by <see cref="VisibleText.Clean"/>, since it may quote untrusted text.</param>
    /// <param name="errors"><c>ValidationFailed</c> and <c>InvalidParameter</c> always show the list, other codes only if it is not empty.</param>
    /// <param name="inner">The cause, for the log only.</param>
    public ImgApiException(ErrorCode code, string message, IReadOnlyList<FieldError>? errors = null, Exception? inner = null)
        : base(VisibleText.Clean(message), inner)
    {
        Code = code;
        Errors = errors ?? [];
    }

    public ErrorCode Code { get; }
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>Time after which the same request may succeed; null if unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Message and field errors in one text, for the log.</summary>
    public string Explanation
    {
        get
        {
            var more = Errors.Where(error => !Message.Contains(error.Message, StringComparison.Ordinal)).Take(MaxExplained);
            var text = string.Join("; ", more.Select(error => $"{error.Field}: {error.Message}"));
            return text.Length == 0 ? Message : $"{Message} ({text})";
        }
    }

    /// <param name="fieldMessage">The field's own message; null if it is <paramref name="message"/>.</param>
    public static ImgApiException InvalidParameter(string field, string message, string code = FieldError.Invalid, string? fieldMessage = null) =>
        new(ErrorCode.InvalidParameter, message, [new FieldError(field, code, fieldMessage ?? message)]);

    public static ImgApiException ValidationFailed(string field, string message, string code = FieldError.Invalid, string? fieldMessage = null) =>
        new(ErrorCode.ValidationFailed, message, [new FieldError(field, code, fieldMessage ?? message)]);

    /// <summary>422 <c>ValidationFailed</c> for a request that needs a JSON body and has none (contract 1.6).</summary>
    public static ImgApiException MissingBody() => ValidationFailed("body", "missing request body", FieldError.MissingParameter);

    public static ImgApiException ImageNotFound(Uuid uuid) => NotFound($"image {uuid} not found");

    /// <summary>500 <c>InternalError</c> for an image whose stored data has disappeared, so that it cannot be changed.</summary>
    public static ImgApiException ImageLost(Uuid uuid, Exception? inner = null) => new(
        ErrorCode.Internal, $"the stored data of image \"{uuid}\" is missing: restore it from a backup, or delete the image", inner: inner);

    public static ImgApiException UuidInUse(Uuid uuid) => new(ErrorCode.ImageUuidAlreadyExists, $"image uuid \"{uuid}\" already exists");

    public static ImgApiException NotFound(string message) => new(ErrorCode.ResourceNotFound, message);
}
