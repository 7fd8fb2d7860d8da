using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi activate IMAGE</c>: makes an image installable.</summary>
internal static class ActivateCommand
{
    private static readonly Option<bool> Force = new("--force") { Description = "Accept a file that the server's check of contents refuses." };

    public static Command Create() => ImageChange.Command(
        "activate", "Make an image with a file installable.", "Activated", ImageState.Unactivated, ActivateAsync, Force);

    private static Task<JsonElement> ActivateAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation) =>
        session.Changes.ActAsync(
            image, "activate", body: null, cancellation, parsed.GetValue(Force) ? [new KeyValuePair<string, string>("force", "true")] : []);
}
