using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi approve IMAGE</c>: activates an image that waits for approval.</summary>
internal static class ApproveCommand
{
    private static readonly Option<string?> Requested = new("--requested")
    {
        Description = "The time of the request in imgapi approvals; an image that was changed since is refused.",
        HelpName = "time",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Accept a file that the server's check of contents refuses." };

    public static Command Create() => ImageChange.Command(
        "approve", "Activate an image that waits for approval.", "Approved", ImageState.Unactivated, ApproveAsync, Requested, Force);

    private static Task<JsonElement> ApproveAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (parsed.GetValue(Requested) is { } time)
        {
            parameters.Add(new("requested", time));
        }

        if (parsed.GetValue(Force))
        {
            parameters.Add(new("force", "true"));
        }

        return session.Changes.ActAsync(image, "approve", body: null, cancellation, parameters);
    }
}
