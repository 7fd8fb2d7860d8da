namespace ImgApi.Domain.Images;

/// <summary>
/// The wish of an image's publisher to activate it, on which somebody with the right to approve decides. Only the publisher can have asked: others
/// may not change the image, or need no approval.
/// </summary>
public sealed record ApprovalRequest(Timestamp RequestedAt)
{
    /// <summary>Maximum characters of a reason.</summary>
    public const int MaxReason = 256;

    /// <summary>The <see cref="State"/> of a request that nobody has decided on.</summary>
    public const string Waiting = "waiting";

    /// <summary>Why it was rejected; null while it waits.</summary>
    public string? Reason { get; init; }

    /// <summary>The user who rejected it; null while it waits, and if the server does not authenticate.</summary>
    public string? RejectedBy { get; init; }

    public bool IsWaiting => Reason is null;

    public string State => IsWaiting ? Waiting : "rejected";

    /// <summary>The state, with the reason of a rejection.</summary>
    public override string ToString() => IsWaiting ? State : $"{State}: {Reason}";

    /// <summary>The reason of a rejection as a person typed it, without space around it.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> if it is missing, empty, too long, or has invisible characters.</exception>
    public static string ReadReason(string? text)
    {
        var reason = (text ?? "").Trim();
        var problem = reason.Length == 0 ? "it must not be empty"
            : reason.Length > MaxReason ? $"it has {reason.Length} characters, max {MaxReason}"
            : VisibleText.Clean(reason) != reason ? "it must be one line of visible characters"
            : null;
        return problem is null ? reason : throw ImgApiException.InvalidParameter("reason", $"invalid \"reason\": {problem}");
    }
}
