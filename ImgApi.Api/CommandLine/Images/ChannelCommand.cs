using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi channel add IMAGE CHANNEL</c>: adds an image to one more channel.</summary>
internal static class ChannelCommand
{
    private static readonly Argument<string> Target = new("channel") { Description = "The channel to add it to; --channel is where it is found." };

    public static Command Create() => new("channel", "Add an image to one more channel.")
    {
        ImageChange.Command("add", "Add an image to a channel.", "Added", ImageState.Active, AddAsync, Target),
    };

    private static Task<JsonElement> AddAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation)
    {
        var body = new JsonObject { ["channel"] = parsed.GetValue(Target) };
        return session.Changes.ActAsync(image, "channel-add", JsonElement.Parse(body.ToJsonString()), cancellation);
    }
}
