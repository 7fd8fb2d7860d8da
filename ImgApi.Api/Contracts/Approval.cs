namespace ImgApi.Api.Contracts;

/// <summary>A request to activate an image.</summary>
/// <param name="Uuid">UUID of the image.</param>
/// <param name="Name">Name of the image.</param>
/// <param name="Version">Version of the image.</param>
/// <param name="State">waiting or rejected.</param>
/// <param name="RequestedBy">The user who asked, the publisher of the image.</param>
/// <param name="RequestedAt">When, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>.</param>
/// <param name="RejectedBy">The user who rejected it.</param>
/// <param name="Reason">Why it was rejected; absent while it waits.</param>
internal sealed record Approval(
    string Uuid, string Name, string Version, string State, string? RequestedBy, string RequestedAt, string? RejectedBy, string? Reason);
