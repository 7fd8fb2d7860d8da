using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>What the commands have in common that change one image.</summary>
internal static class ImageChange
{
    /// <summary>Creates a command that changes the image of its first argument.</summary>
    /// <param name="verb">What was done, for the output.</param>
    /// <param name="preferred">Which image a name means, if there are several: the newest in this state.</param>
    /// <param name="change">Makes the change, and returns the manifest.</param>
    /// <param name="symbols">More arguments and options.</param>
    public static Command Command(
        string name, string description, string verb, string preferred, Func<Session, RemoteImage, ParseResult, CancellationToken, Task<JsonElement>> change,
        params IEnumerable<Symbol> symbols) =>
        ClientCommand.Create(
            name, description, async (session, parsed, cancellation) =>
            {
                var image = await FindAsync(session, parsed.GetValue(ImageFinder.Argument)!, preferred, cancellation);
                session.PrintChanged(verb, await change(session, image, parsed, cancellation));
                return ExitCode.Done;
            },
            [ImageFinder.Argument, .. symbols]);

    /// <summary>Creates a command that performs an action without parameters.</summary>
    public static Command Action(string action, string description, string verb, string preferred, params IEnumerable<Symbol> symbols) => Command(
        action, description, verb, preferred,
        (session, image, _, cancellation) => session.Changes.ActAsync(image, action, body: null, cancellation), symbols);

    /// <summary>Finds the image to change. A whole UUID needs no request.</summary>
    public static async Task<RemoteImage> FindAsync(Session session, string text, string preferred, CancellationToken cancellation)
    {
        session.AskKnownUser();
        return session.Image(Uuid.TryParse(text, out var uuid) ? uuid : (await session.FindAsync(text, cancellation, preferred)).Uuid!.Value);
    }
}
