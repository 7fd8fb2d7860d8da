namespace ImgApi.Domain.Images;

/// <content>The request for approval.</content>
public sealed partial record Image
{
    /// <summary>
    /// The request to activate the image; null if there is none. Every change of the details, the file or the icon withdraws it, also an activation:
    /// nobody shall approve what the publisher has changed since.
    /// </summary>
    public ApprovalRequest? Approval { get; private init; }

    /// <summary>The image with the request that was stored with it.</summary>
    public Image WithApproval(ApprovalRequest? approval) => this with { Approval = approval };

    /// <summary>The image waits for approval. Nothing changes if it waits already.</summary>
    public Image RequestApproval(DateTimeOffset now) =>
        Approval is { IsWaiting: true } ? this : this with { Label = null, Approval = new ApprovalRequest(Timestamp.From(now)) };

    /// <summary>Rejects the request that waits. The image keeps the reason until the publisher asks again, or changes the image.</summary>
    /// <param name="user">Null if unknown.</param>
    /// <exception cref="ImgApiException"><c>NotWaitingForApproval</c>.</exception>
    public Image Reject(string? user, string reason)
    {
        EnsureWaiting(requestedAt: null);
        return this with { Approval = Approval! with { RejectedBy = user, Reason = reason } };
    }

    /// <summary>Throws <c>NotWaitingForApproval</c> unless the image waits.</summary>
    /// <param name="requestedAt">The request that was seen: a later one is refused too. Null for any.</param>
    public void EnsureWaiting(Timestamp? requestedAt)
    {
        var problem = Approval is not { IsWaiting: true } ? "does not wait for approval"
            : requestedAt is not null && requestedAt.Instant != Approval.RequestedAt.Instant ? $"waits for approval since {Approval.RequestedAt}, after it was changed"
            : null;
        if (problem is not null)
        {
            throw new ImgApiException(ErrorCode.NotWaitingForApproval, $"image \"{Uuid}\" {problem}");
        }
    }
}
