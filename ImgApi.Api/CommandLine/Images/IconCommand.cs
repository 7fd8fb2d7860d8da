using System.CommandLine;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi icon</c>: the icon of an image.</summary>
internal static class IconCommand
{
    public static Command Create() => new("icon", "Change the icon of an image.")
    {
        ImageChange.Command(
            "remove", "Remove the icon of an image.", "Removed the icon of", ImageState.Active,
            async (session, image, _, cancellation) => (await session.Changes.DeleteIconAsync(image, cancellation)).Json),
    };
}
