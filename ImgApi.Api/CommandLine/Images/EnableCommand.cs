using System.CommandLine;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi enable IMAGE</c> and <c>imgapi disable IMAGE</c>: whether an image is listed.</summary>
internal static class EnableCommand
{
    public static Command Create() => ImageChange.Action("enable", "List a disabled image again.", "Enabled", ImageState.Disabled);

    public static Command CreateDisable() =>
        ImageChange.Action("disable", "Take an image out of the list; its UUID still finds it.", "Disabled", ImageState.Active);
}
