using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi activate IMAGE</c>: makes an image installable.</summary>
internal static class ActivateCommand
{
    private static readonly Option<bool> Force = new("--force") { Description = "Accept a file that the server's check of contents refuses." };

    public static Command Create() =>
        ClientCommand.Create("activate", "Make an image with a file installable.", RunAsync, ImageFinder.Argument, Force);

    /// <summary>Activates an image, or asks for its approval if the server demands one, and returns the manifest.</summary>
    /// <param name="isForced">Whether to accept a file that the server's check of contents refuses.</param>
    public static Task<JsonElement> ActivateAsync(Session session, RemoteImage image, bool isForced, CancellationToken cancellation) =>
        session.Changes.ActAsync(
            image, "activate", body: null, cancellation, isForced ? (KeyValuePair<string, string>[])[new("force", "true")] : []);

    /// <summary>What was done with an image that was to be activated.</summary>
    public static string Verb(string ifActivated, JsonElement manifest) => Waits(manifest) ? "Waits for approval:" : ifActivated;

    /// <summary>Whether an image that was to be activated waits for approval.</summary>
    public static bool Waits(JsonElement manifest) => manifest.Member("state").AsText() == ImageState.Unactivated;

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var image = await ImageChange.FindAsync(session, parsed.GetValue(ImageFinder.Argument)!, ImageState.Unactivated, cancellation);
        var manifest = await ActivateAsync(session, image, parsed.GetValue(Force), cancellation);
        session.PrintChanged(Verb("Activated", manifest), manifest);
        return ExitCode.Done;
    }
}
