using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi reject IMAGE REASON</c>: rejects an image that waits for approval.</summary>
internal static class RejectCommand
{
    private static readonly Argument<string> Reason = new("reason") { Description = "What the publisher reads: one line, at most 256 characters." };

    public static Command Create() => ImageChange.Command(
        "reject", "Reject an image that waits for approval.", "Rejected", ImageState.Unactivated, RejectAsync, Reason);

    private static Task<JsonElement> RejectAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var body = new JsonObject { ["reason"] = parsed.GetValue(Reason) };
        return session.Changes.ActAsync(image, "reject", JsonElement.Parse(body.ToJsonString()), cancellation);
    }
}
