using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi clone IMAGE --account UUID</c>: copies an image that is shared with an account.</summary>
internal static class CloneCommand
{
    public static Command Create() => ImageChange.Command(
        "clone", "Copy an image that is shared with an account (--account), which owns the copy. Servers of a datacenter only.", "Cloned as",
        ImageState.Active, CloneAsync);

    private static async Task<JsonElement> CloneAsync(Session session, RemoteImage image, ParseResult parsed, CancellationToken cancellation) =>
        session.Source.Account is null
            ? throw new CommandException("clone needs --account UUID, the account that gets the copy")
            : (await session.Changes.CloneAsync(image, cancellation)).Json;
}
